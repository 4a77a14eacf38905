"""Components used alone refuse what would shut everybody out, or let everybody in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing_identity.components.containment.aws import AwsContainment
from billing_identity.components.containment.entra import EntraContainment
from billing_identity.components.containment.okta import OktaContainment
from billing_identity.components.entra.conditional_access import ConditionalAccess
from billing_identity.components.entra.privileged_group import PrivilegedGroup
from billing_identity.components.entra.rule_group import RuleGroup as EntraRuleGroup
from billing_identity.components.entra.workload_identity import WorkloadIdentity
from billing_identity.components.errors import ComponentInputError
from billing_identity.components.limits import require_condition, require_duration
from billing_identity.components.okta.network import Network
from billing_identity.components.okta.rule_group import RuleGroup
from billing_identity.components.okta.session_policy import SessionPolicy
from billing_identity.components.okta.sign_on_policy import SignOnPolicy
from billing_identity.review.preview.run import run_callable

OKTA: dict[str, Any] = {
    "contained_group": "00gC",
    "users": ["00u1"],
    "blocked_networks": ["198.51.100.0/24"],
    "applications": {},
}
ENTRA: dict[str, Any] = {
    "contained_group": "g",
    "break_glass_groups": ["b"],
    "users": ["u"],
    "blocked_networks": ["198.51.100.0/24"],
    "withdrawn_applications": [],
}
USER = "906788888a-11111111-2222-4333-8444-555555555555"
AWS: dict[str, Any] = {
    "accounts": ["100000000002"],
    "sessions_before": "2026-11-23T09:00:00Z",
    "users": [USER],
    "roles": ["arn:aws:iam::100000000004:role/claims-sender"],
    "tags": {},
    "as_of": "2026-11-24",
}
SIGN_ON: dict[str, Any] = {
    "policy_name": "p",
    "description": "d",
    "contained_groups": ["00gC"],
    "break_glass_groups": ["00gB"],
    "phishing_resistant": True,
    "hardware_protected": False,
    "reauthenticate": "PT8H",
    "idle": "PT15M",
    "managed_device": True,
    "deny_high_risk": True,
    "zones": [],
}
SESSION: dict[str, Any] = {
    "policy_name": "p",
    "description": "d",
    "groups": ["00gE"],
    "contained_groups": ["00gC"],
    "break_glass_groups": ["00gB"],
    "idle_minutes": 15,
    "lifetime_minutes": 600,
}
GROUP: dict[str, Any] = {
    "group_name": "g",
    "description": "d",
    "rule_name": "r",
    "condition": 'user.employmentStatus=="ACTIVE"',
}
ACCESS: dict[str, Any] = {
    "break_glass_groups": ["b"],
    "administrator_groups": ["a"],
    "contained_groups": ["c"],
    "rings": [{"name": "everyone", "groups": [], "enforced": True}],
    "workforce_strength": "/p/1",
    "administrator_strength": "/p/2",
    "bootstrap_strength": "/p/3",
    "allowed_countries": ["US"],
    "session_hours": 12,
    "administrator_session_hours": 4,
    "managed_device": True,
    "risk_policies": True,
}
WORKLOAD: dict[str, Any] = {
    "display_name": "w",
    "description": "d",
    "issuer": "https://token.actions.githubusercontent.com",
    "subject": "repo:o/r:environment:prod",
    "audience": "api://AzureADTokenExchange",
    "api_permissions": {},
    "permissions": [],
}
PRIVILEGED: dict[str, Any] = {
    "group_id": "g",
    "eligible_groups": {"e": "g2"},
    "approvers": ["a"],
    "hours": 8,
    "notified": ["security@acme.example"],
}
ZONES: dict[str, Any] = {"zones": {"office": ["203.0.113.0/24"]}, "block_anonymizers": False}
WHOLE: dict[Any, dict[str, Any]] = {
    OktaContainment: OKTA,
    EntraContainment: ENTRA,
    AwsContainment: AWS,
    SignOnPolicy: SIGN_ON,
    SessionPolicy: SESSION,
    RuleGroup: GROUP,
    EntraRuleGroup: GROUP,
    Network: ZONES,
    ConditionalAccess: ACCESS,
    WorkloadIdentity: WORKLOAD,
    PrivilegedGroup: PRIVILEGED,
}


def said(make: Callable[[], object]) -> str:
    """What the component refuses, in the program's own words; empty when it takes the arguments."""
    found: list[str] = []

    def program() -> None:
        try:
            make()
        except ComponentInputError as error:
            found.append(str(error))

    run_callable(program)
    return "\n".join(found)


@pytest.mark.parametrize(
    "component", WHOLE, ids=lambda item: item.__module__.rsplit(".", 2)[-2] + item.__name__
)
def test_sound_arguments_are_taken(component: Any) -> None:
    assert said(lambda: component("x", WHOLE[component])) == ""


REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    (OktaContainment, {"blocked_networks": ["0.0.0.0/0"]}, "wider than a /9"),
    (OktaContainment, {"blocked_networks": ["attackers"]}, "write a range"),
    (EntraContainment, {"blocked_networks": ["2000::/3"]}, "wider than a /33"),
    (EntraContainment, {"break_glass_groups": []}, "emergency group"),
    (AwsContainment, {"sessions_before": "2099-01-01T00:00:00Z"}, "to come"),
    (AwsContainment, {"sessions_before": "2026-11-25T00:00:00Z"}, "to come"),
    (AwsContainment, {"sessions_before": "yesterday"}, "write a time"),
    (AwsContainment, {"roles": ["*"]}, "whole ARN"),
    (AwsContainment, {"roles": ["arn:aws:iam::100000000004:role/*"]}, "whole ARN"),
    (AwsContainment, {"users": ["*"]}, "identity store"),
    (SignOnPolicy, {"contained_groups": ["00gB"]}, "emergency group"),
    (SignOnPolicy, {"reauthenticate": "never"}, "ISO 8601"),
    (SignOnPolicy, {"reauthenticate": "P365D"}, "ISO 8601"),
    (SignOnPolicy, {"reauthenticate": "PT25H"}, "at most"),
    (SignOnPolicy, {"idle": "PT61M"}, "at most"),
    (SessionPolicy, {"contained_groups": ["00gC", "00gB"]}, "emergency group"),
    (RuleGroup, {"condition": ""}, "everybody"),
    (RuleGroup, {"condition": "true"}, "everybody"),
    (RuleGroup, {"condition": 'user.employmentStatus=="ACTIVE" OR true'}, "everybody"),
    (EntraRuleGroup, {"condition": " (true) "}, "everybody"),
    (EntraRuleGroup, {"condition": 'true or (user.jobTitle -eq "x")'}, "everybody"),
    (Network, {"zones": {"office": ["0.0.0.0/0"]}}, "wider than a /16"),
    (Network, {"zones": {"office": []}}, "name its ranges"),
    (ConditionalAccess, {"session_hours": 0}, "1 to 24"),
    (ConditionalAccess, {"administrator_session_hours": 9999}, "1 to 24"),
    (ConditionalAccess, {"workforce_strength": ""}, "asks for nothing"),
    (ConditionalAccess, {"zones": {"x": ["0.0.0.0/0"]}}, "wider than a /16"),
    (ConditionalAccess, {"allowed_countries": ["USA"]}, "ISO 3166-1"),
    (ConditionalAccess, {"contained_groups": ["b"]}, "emergency group"),
    (WorkloadIdentity, {"issuer": "http://x"}, "https"),
    (WorkloadIdentity, {"subject": ""}, "no wildcard"),
    (WorkloadIdentity, {"subject": "repo:o/*"}, "no wildcard"),
    (WorkloadIdentity, {"audience": "*"}, "no wildcard"),
    (PrivilegedGroup, {"eligible_groups": {"e": "g"}}, "the group itself"),
    (PrivilegedGroup, {"approvers": ["a", "g2"]}, "name others"),
]


@pytest.mark.parametrize(("component", "change", "words"), REFUSED, ids=lambda item: str(item)[:60])
def test_what_would_shut_everybody_out_or_in_is_refused(
    component: Any, change: dict[str, Any], words: str
) -> None:
    assert words in said(lambda: component("x", {**WHOLE[component], **change}))


@given(st.text(max_size=20))
def test_a_quoted_value_is_no_constant(value: str) -> None:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    require_condition("x", f'user.jobCode=="{quoted}"')


@given(st.integers(0, 40), st.integers(0, 3000))
def test_durations_are_compared_in_minutes(hours: int, minutes: int) -> None:
    text = f"PT{hours}H{minutes}M"
    if hours * 60 + minutes <= 1440:
        require_duration("x", "reauthenticate", text, 1440)
    else:
        with pytest.raises(ComponentInputError, match="at most"):
            require_duration("x", "reauthenticate", text, 1440)
