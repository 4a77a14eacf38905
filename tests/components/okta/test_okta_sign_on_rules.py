"""Which sign-on rule meets which person: the first that fits, for every combination of circumstances."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing_identity.components.errors import ComponentInputError
from billing_identity.components.okta.sign_on_rules import NOT_ENFORCED, Rule, SignOnPolicyArgs, rules

CONTAINED, BREAK_GLASS, PILOT, EXPORTERS, TEXT = "contained", "break-glass", "pilot", "exporters", "text"
OFFICE = "zone-office"
UNUSUAL = ("new-device", "impossible-travel")


@dataclass(frozen=True)
class SignIn:
    groups: frozenset[str]
    managed: bool
    zone: str
    risk: str
    behaviours: frozenset[str]


def met(found: list[Rule], person: SignIn) -> Rule | None:
    """The rule that Okta would apply; None is the catch-all, which denies."""
    for rule in sorted(found, key=lambda rule: int(str(rule.priority))):
        included: Any = rule.groups_included
        excluded: Any = rule.groups_excluded
        expression: Any = rule.custom_expression
        if included and not person.groups & set(included):
            continue
        if excluded and person.groups & set(excluded):
            continue
        if rule.device_is_managed and not person.managed:
            continue
        if rule.network_connection == "ZONE" and person.zone not in set(rule.network_includes or ()):  # type: ignore[arg-type]
            continue
        if rule.risk_score and person.risk != rule.risk_score:
            continue
        if expression and not any(f'contains("{name}")' in expression for name in person.behaviours):
            continue
        return rule
    return None


def arguments(**changes: Any) -> SignOnPolicyArgs:
    base: dict[str, Any] = {
        "policy_name": "tier-ephi",
        "description": "ePHI",
        "contained_groups": [CONTAINED],
        "break_glass_groups": [BREAK_GLASS],
        "phishing_resistant": True,
        "hardware_protected": False,
        "reauthenticate": "PT8H",
        "idle": "PT15M",
        "managed_device": True,
        "deny_high_risk": True,
        "zones": [OFFICE],
        "device_assurances": ["dae1"],
        "step_up_groups": [EXPORTERS],
        "unusual_behaviours": UNUSUAL,
    }
    return {**base, **changes}  # type: ignore[return-value]


def demand(rule: Rule) -> dict[str, Any]:
    (text,) = rule.constraints  # type: ignore[misc]
    return json.loads(str(text))["possession"]


sign_ins = st.builds(
    SignIn,
    groups=st.frozensets(st.sampled_from([CONTAINED, BREAK_GLASS, PILOT, EXPORTERS, TEXT, "others"])),
    managed=st.booleans(),
    zone=st.sampled_from([OFFICE, "home"]),
    risk=st.sampled_from(["LOW", "HIGH"]),
    behaviours=st.frozensets(st.sampled_from([*UNUSUAL, "known"])),
)


@given(sign_ins, st.booleans())
def test_the_tier_of_ephi_meets_everybody_as_the_catalogue_says(person: SignIn, complete: bool) -> None:
    rule = met(rules("t", arguments(enforced_groups=[] if complete else [PILOT])), person)
    reached = complete or PILOT in person.groups
    fit = person.managed and person.zone == OFFICE
    if CONTAINED in person.groups:
        assert rule is not None
        assert rule.access == "DENY"
    elif BREAK_GLASS in person.groups:
        assert rule is not None
        assert (rule.access, rule.name) == ("ALLOW", "break-glass")
        assert demand(rule)["hardwareProtection"] == "REQUIRED"
    elif person.risk == "HIGH":
        assert rule is not None
        assert rule.access == "DENY"
    elif EXPORTERS in person.groups or reached:
        stricter = EXPORTERS in person.groups or person.behaviours & set(UNUSUAL)
        assert (rule is not None) == fit, "away from the office or on another device nobody gets in with less"
        if rule is not None:
            assert demand(rule)["phishingResistant"] == "REQUIRED"
            assert rule.device_assurances_included == ["dae1"]
            assert (rule.re_authentication_frequency == "PT0S") == bool(stricter)
            assert ("hardwareProtection" in demand(rule)) == bool(stricter)
    else:
        assert rule is not None
        assert rule.name == NOT_ENFORCED
        assert demand(rule)["deviceBound"] == "REQUIRED"


@given(sign_ins)
def test_text_codes_help_only_their_group_and_only_away_from_what_is_risky(person: SignIn) -> None:
    found = rules(
        "t",
        arguments(
            phishing_resistant=False, managed_device=False, device_assurances=[], text_code_groups=[TEXT]
        ),
    )
    rule = met(found, person)
    methods = [] if rule is None or rule.access == "DENY" else demand(rule).get("authenticationMethods", [])
    if methods:
        assert TEXT in person.groups
        assert not person.groups & {CONTAINED, BREAK_GLASS, EXPORTERS}
        assert not person.behaviours & set(UNUSUAL)
        assert {method["method"] for method in methods} == {"sms", "voice"}


@given(st.booleans(), st.booleans(), st.booleans())
def test_priorities_run_from_one_without_a_gap(step: bool, adaptive: bool, complete: bool) -> None:
    found = rules(
        "t",
        arguments(
            step_up_groups=[EXPORTERS] if step else [],
            unusual_behaviours=UNUSUAL if adaptive else (),
            deny_high_risk=adaptive,
            enforced_groups=[] if complete else [PILOT],
        ),
    )
    assert [rule.priority for rule in found] == list(range(1, len(found) + 1))
    assert len({rule.name for rule in found}) == len(found)
    assert (found[-1].name == NOT_ENFORCED) is (not complete)


def test_a_tier_that_is_as_strict_gets_no_stricter_rules() -> None:
    found = rules("t", arguments(hardware_protected=True, reauthenticate="PT0S"))
    assert [rule.name for rule in found] == ["contained-deny", "break-glass", "high-risk-deny", "tier"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"break_glass_groups": []}, "break_glass_groups"),
        ({"text_code_groups": [TEXT]}, "text codes can't satisfy"),
        ({"managed_device": False}, "device_assurances"),
    ],
)
def test_contradictions_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ComponentInputError, match=said):
        rules("t", arguments(**changes))
