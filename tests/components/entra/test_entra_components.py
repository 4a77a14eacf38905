"""Each Entra component alone: what it refuses, all faults at once, and what it declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing_identity.components.entra import membership
from billing_identity.components.entra.access_packages import AccessPackages
from billing_identity.components.entra.authentication_strengths import AuthenticationStrengths
from billing_identity.components.entra.conditional_access import ConditionalAccess
from billing_identity.components.entra.enterprise_application import EnterpriseApplication
from billing_identity.components.entra.privileged_group import PrivilegedGroup
from billing_identity.components.errors import ComponentInputError
from billing_identity.review.preview.record import Registration
from billing_identity.review.preview.run import run_callable

UUID = "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d"
POLICY = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
STRENGTH = "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004"


def made(declare: Callable[[], object]) -> dict[tuple[str, str], Registration]:
    def program() -> None:
        declare()

    preview = run_callable(program)
    assert not preview.errors, [str(error) for error in preview.errors]
    return {(item.type, item.name): item for item in preview.registrations}


def refused(declare: Callable[[], object]) -> str:
    """The message of the refusal; nothing but the component itself was registered."""
    caught: list[str] = []

    def program() -> None:
        with pytest.raises(ComponentInputError) as error:
            declare()
        caught.append(str(error.value))

    preview = run_callable(program)
    assert not preview.errors, [str(error) for error in preview.errors]
    assert not [item for item in preview.registrations if item.type.startswith("azuread:")]
    return caught[0]


def access(**update: Any) -> Any:
    return {
        "break_glass_groups": [UUID],
        "administrator_groups": [UUID],
        "contained_groups": [],
        "rings": [{"name": "everyone", "groups": [], "enforced": True}],
        "workforce_strength": STRENGTH,
        "administrator_strength": STRENGTH,
        "bootstrap_strength": STRENGTH,
        "allowed_countries": ["US"],
        "session_hours": 12,
        "administrator_session_hours": 4,
        "managed_device": False,
        "risk_policies": False,
        **update,
    }


def package(**update: Any) -> dict[str, Any]:
    return {
        "name": "auditor",
        "title": "Auditor",
        "description": "Reads",
        "group_id": UUID,
        "requestors": UUID,
        "stages": [[UUID]],
        "days": 30,
        "review_frequency": "quarterly",
        "review_days": 14,
        "reviewers": [UUID],
        "recommendations": True,
        **update,
    }


def test_the_baseline_alone_with_the_least_arguments() -> None:
    found = made(lambda: ConditionalAccess("ca", access()))
    slugs = {name.removeprefix("ca-") for kind, name in found if kind == POLICY}
    assert slugs == {
        "administrator-registration",
        "administrators",
        "countries",
        "device-code",
        "guests",
        "guests-applications",
        "legacy",
        "platforms",
        "registration",
        "device-joining",
        "administrator-device-joining",
        "transfer",
        "workforce",
    }
    assert all(item.options.protect for (kind, _), item in found.items() if kind == POLICY)


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"break_glass_groups": []}, "break_glass_groups"),
        ({"allowed_countries": []}, "allowed_countries"),
        ({"rings": []}, "rings"),
        (
            {
                "rings": [
                    {"name": "pilot", "groups": [UUID], "enforced": False},
                    {"name": "everyone", "groups": [], "enforced": True},
                ]
            },
            "`everyone` is enforced and `pilot` before it is not",
        ),
        (
            {
                "rings": [
                    {"name": "pilot", "groups": [], "enforced": True},
                    {"name": "everyone", "groups": [], "enforced": True},
                ]
            },
            "`pilot` has no group",
        ),
        ({"administrator_zones": ["office"]}, "no network `office`"),
        ({"workloads": [{"object_id": UUID, "zone": "runners"}]}, "no network `runners`"),
        ({"zones": {"countries": ["203.0.113.0/27"]}}, "choose another"),
    ],
)
def test_conditional_access_refuses(update: dict[str, Any], words: str) -> None:
    assert words in refused(lambda: ConditionalAccess("ca", access(**update)))


def test_conditional_access_tells_every_fault_at_once() -> None:
    message = refused(lambda: ConditionalAccess("ca", access(break_glass_groups=[], allowed_countries=[])))
    assert len(message.splitlines()) == 2


def test_more_policies_than_a_tenant_has_room_for_are_refused() -> None:
    rings = [{"name": f"r{number}", "groups": [UUID], "enforced": True} for number in range(40)]
    with pytest.raises(AssertionError, match="at most 195"):
        made(lambda: ConditionalAccess("ca", access(rings=rings)))


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"stages": []}, "somebody must approve"),
        ({"stages": [[]]}, "somebody must approve"),
        ({"stages": [[UUID]] * 4}, "at most 3"),
        ({"reviewers": []}, "somebody must review"),
        ({"review_frequency": "yearly"}, "halfyearly"),
        ({"days": 0}, "1 to 365"),
        ({"days": 366}, "1 to 365"),
    ],
)
def test_access_packages_refuse(update: dict[str, Any], words: str) -> None:
    arguments: Any = {"catalogue_title": "C", "description": "D", "packages": [package(**update)]}
    assert words in refused(lambda: AccessPackages("packages", arguments))


@pytest.mark.parametrize("hours", [0, 25, -1])
def test_an_activation_lasts_an_hour_to_a_day(hours: int) -> None:
    arguments: Any = {
        "group_id": UUID,
        "eligible_groups": {},
        "approvers": [UUID],
        "hours": hours,
        "notified": [],
    }
    assert "1 to 24" in refused(lambda: PrivilegedGroup("group", arguments))


@pytest.mark.parametrize(("hours", "duration"), [(1, "PT1H"), (23, "PT23H"), (24, "P1D")])
def test_an_activation_in_entras_own_words(hours: int, duration: str) -> None:
    arguments: Any = {
        "group_id": UUID,
        "eligible_groups": {"eligible": "0" + UUID[1:]},
        "approvers": [],
        "hours": hours,
        "notified": [],
        "directory_roles": [{"name": "reports-reader", "template_id": UUID}],
    }
    found = made(lambda: PrivilegedGroup("group", arguments))
    kind = "azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy"
    for held in ("member", "owner"):
        assert found[(kind, f"group-{held}")].inputs["activationRules"]["maximumDuration"] == duration
    assigned = found[
        ("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment", "group-reports-reader")
    ]
    assert found[(kind, "group-member")].urn in assigned.dependencies


@pytest.mark.parametrize("combinations", [[], ["sms"], ["fido2", "password,microsoftAuthenticatorPush"]])
def test_administrators_have_no_weaker_strength(combinations: list[str]) -> None:
    arguments: Any = {"federated": False, "administrator_combinations": combinations}
    assert "administrator_combinations" in refused(lambda: AuthenticationStrengths("s", arguments))


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"mode": "password"}, "saml or oidc"),
        ({"foreign_identifier_uris": ["https://vendor.example/saml"]}, "for saml only"),
        ({"assignments": [{"name": "x", "role_id": UUID, "group_object_id": UUID}]}, "not declared"),
    ],
)
def test_an_enterprise_application_refuses(update: dict[str, Any], words: str) -> None:
    arguments: Any = {
        "display_name": "App",
        "description": "App",
        "mode": "oidc",
        "redirect_uris": ["https://app.example/callback"],
        "roles": [],
        "assignments": [],
        **update,
    }
    assert words in refused(lambda: EnterpriseApplication("app", arguments))


@given(st.text(max_size=40))
def test_no_value_ends_a_membership_rule_early(value: str) -> None:
    for build in (
        lambda: membership.equals("department", value),
        lambda: membership.one_of("department", ["A", value]),
        lambda: membership.listed("department", value),
        lambda: membership.outside_domain(value),
    ):
        try:
            rule = build()
        except ComponentInputError:
            continue
        assert rule.count('"') in (2, 4)
        assert "\\" not in rule
        assert "\n" not in rule
