"""Who may enrol a factor from where: a joiner in the office or identified by the help desk."""

from __future__ import annotations

import pytest
from okta_rules import SignIn, fits
from organisations import declared

from billing_identity.review.preview.record import Registration

RULE = "okta:app/signonPolicyRule:SignonPolicyRule"
GROUP, ZONE = "okta:group/group:Group", "okta:network/zone:Zone"


def made(kind: str) -> dict[str, Registration]:
    return {item.name: item for item in declared("reference").resources() if item.type.endswith(kind)}


def meets(attempt: SignIn, *, zone: str | None = None) -> str:
    """The rule of the account management policy that meets an enrolment; the last one is Okta's own."""
    rules = sorted(
        (
            item.inputs
            for name, item in made("ignonPolicyRule").items()
            if name.startswith("account-management")
        ),
        key=lambda rule: rule["priority"],
    )
    assert [rule["name"] for rule in rules] == ["contained-deny", "factor-change-phishing-resistant"]
    for rule in rules:
        if zone is not None and zone in (rule.get("networkExcludes") or ()):
            continue
        known = {
            key: value
            for key, value in rule.items()
            if key not in ("policyId", "customExpression", "networkExcludes", "networkConnection")
        }
        if fits({**known, "networkConnection": "ANYWHERE"}, attempt):
            return rule["name"]
    return "Okta's own"


@pytest.mark.parametrize(
    ("who", "group", "in_office", "rule"),
    [
        ("a joiner in the office", None, True, "Okta's own"),
        ("a joiner at home", None, False, "factor-change-phishing-resistant"),
        ("a joiner at home whom the help desk identified", "factor-recovery", False, "Okta's own"),
        ("on text codes, at home", "text-code-fallback", False, "factor-change-phishing-resistant"),
        ("contained, in the office", "contained", True, "contained-deny"),
        ("contained, at home", "contained", False, "contained-deny"),
    ],
)
def test_a_first_factor(who: str, group: str | None, in_office: bool, rule: str) -> None:
    groups = frozenset({made(GROUP)[group].id or ""} if group else ())
    office = made(ZONE)["network-corporate-egress"].id
    assert meets(SignIn(groups), zone=office if in_office else None) == rule, who


def test_away_from_the_office_only_a_phishing_resistant_factor_changes_factors() -> None:
    rule = made("ignonPolicyRule")["account-management-factors"].inputs
    assert "phishingResistant" in rule["constraints"][0]
    assert "'enroll'" in rule["customExpression"]
    assert rule["networkExcludes"] == [made(ZONE)["network-corporate-egress"].id]
