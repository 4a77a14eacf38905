"""A ring moved forward changes the state of that ring's policies, and nothing else of the tenant."""

from __future__ import annotations

import pytest
from entra_program import POLICY, Whole, catalogue, policies, run, with_policy

REPORT, ON = "enabledForReportingButNotEnforced", "enabled"
OF_RING = ("legacy", "countries", "workforce", "device", "tier-ephi", "registration", "sign-in-risk")


@pytest.fixture(scope="module")
def by_ring() -> dict[str, Whole]:
    days = list(catalogue().access_policy.enforced_since.items())
    return {
        ring: run(with_policy(enforced_since=dict(days[: number + 1])))[0]
        for number, (ring, _) in enumerate(days)
    }


@pytest.mark.parametrize(("before", "after"), [("pilot", "high-risk"), ("high-risk", "everyone")])
def test_only_states_change(by_ring: dict[str, Whole], before: str, after: str) -> None:
    old, new = by_ring[before], by_ring[after]
    assert list(old) == list(new)
    changed = [key for key in old if old[key].inputs != new[key].inputs]
    assert changed
    for key in changed:
        assert key[0] == POLICY
        was, now = dict(old[key].inputs), dict(new[key].inputs)
        assert (was.pop("state"), now.pop("state")) == (REPORT, ON)
        assert was == now


@pytest.mark.parametrize(
    ("reached", "pilot", "high_risk", "everyone"),
    [("pilot", ON, REPORT, REPORT), ("high-risk", ON, ON, REPORT), ("everyone", ON, ON, ON)],
)
@pytest.mark.parametrize("slug", OF_RING)
def test_a_policy_is_enforced_up_to_the_ring(
    by_ring: dict[str, Whole], reached: str, pilot: str, high_risk: str, everyone: str, slug: str
) -> None:
    found = policies(by_ring[reached])
    assert found[f"{slug}-pilot"]["state"] == pilot
    assert found[f"{slug}-high-risk"]["state"] == high_risk
    assert found[slug]["state"] == everyone


def test_administrators_come_first_people_from_outside_second_incidents_never_wait(
    by_ring: dict[str, Whole],
) -> None:
    first = policies(by_ring["pilot"])
    assert first["administrators"]["state"] == first["contained"]["state"] == ON
    assert first["guests"]["state"] == REPORT
    assert policies(by_ring["high-risk"])["guests"]["state"] == ON
