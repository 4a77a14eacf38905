"""Each licence off in turn: what is not licensed is not declared, and the gap and its stand-in are stated."""

from __future__ import annotations

from functools import cache

import pytest
from organisations import organisation, run

from billing_identity.review.gap_report import gaps_of
from billing_identity.review.preview.record import Preview
from billing_identity.stacks.gaps import Gap, as_output
from billing_identity.stacks.settings import Capabilities

LAYERS = ("identity", "containment")
IDENTITY = sorted(name for name in Capabilities.model_fields if not name.startswith("aws_"))

NOT_USED = frozenset({"entra_governance"})
"""What the reference does not need: all of its requested roles are asked for in Okta, the primary."""


@cache
def state(**flags: bool) -> tuple[Preview, frozenset[Gap]]:
    catalogue, settings = organisation("reference")
    everything = dict.fromkeys(Capabilities.model_fields, True)
    chosen = settings.model_copy(update={"capabilities": Capabilities(**{**everything, **flags})})
    gaps: list[Gap] = []
    return run(catalogue, chosen, LAYERS, gaps=gaps), frozenset(gaps)


@pytest.mark.parametrize("capability", IDENTITY)
def test_off(capability: str) -> None:
    whole, usual = state()
    preview, gaps = state(**{capability: False})
    more = gaps - usual
    if inputs(preview) == inputs(whole) and not more:
        assert capability in NOT_USED, f"{capability} changes nothing"
        return
    assert more, f"without {capability} nothing is said to be missing"
    assert all(gap.control and gap.why and gap.stand_in for gap in more)
    provider = capability.split("_")[0]
    assert provider in {gap.provider for gap in more}
    assert inputs(preview) != inputs(whole), "a gap is stated, and the control is declared all the same"


def inputs(preview: Preview) -> dict[str, object]:
    return {item.urn: item.inputs for item in preview.resources()}


def test_without_any_licence_the_base_stands() -> None:
    preview, gaps = state(**dict.fromkeys(IDENTITY, False))
    types = {item.type for item in preview.resources()}
    assert {"okta:group/rule:Rule", "okta:app/groupAssignment:GroupAssignment"} <= types
    assert {"okta:app/signonPolicyRules:SignonPolicyRules", "okta:policy/signon:Signon"} <= types
    assert len(gaps) > len(state()[1])


def test_gaps_are_told_once_and_in_order() -> None:
    gap = Gap("okta", "a", "b", "c")
    other = Gap("aws", "a", "b", "c")
    told = as_output([gap, other, gap])
    assert [item["provider"] for item in told] == ["aws", "okta"]
    preview = Preview("p", "multiple", (), {"one": {"gaps": told}, "two": {"gaps": told}, "three": {}})
    assert gaps_of(preview) == told
