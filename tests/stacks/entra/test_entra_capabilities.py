"""What is not licensed is not declared, and is a stated gap."""

from __future__ import annotations

import pytest
from entra_program import POLICY, Whole, catalogue, changed, licensed, policies, run

from billing_identity.roles.model.entra import DirectoryRole

SCHEDULE = "PrivilegedAccessGroupEligibilitySchedule"


def kinds(whole: Whole) -> set[str]:
    return {kind.rsplit(":", 1)[-1] for kind, _ in whole}


def test_without_p1_nothing_is_declared_that_needs_it() -> None:
    whole, gaps = run(licences=licensed(entra_p1=False))
    assert not kinds(whole) & {"ConditionalAccessPolicy", "Group", "AuthenticationStrengthPolicy", SCHEDULE}
    groups = {item.outputs["objectId"] for (kind, _), item in whole.items() if "group" in kind.lower()}
    assignments = [item for (kind, _), item in whole.items() if kind.endswith("AppRoleAssignment")]
    assert not [item for item in assignments if item.inputs["principalObjectId"] in groups]
    assert any("no Entra ID P1" in gap.why for gap in gaps)


def test_without_p2_there_are_no_risk_policies() -> None:
    whole, gaps = run(licences=licensed(entra_p2=False))
    assert not [slug for slug in policies(whole) if "risk" in slug.replace("high-risk", "") or "step" in slug]
    assert "sign-in and user risk" in {gap.control for gap in gaps}
    assert SCHEDULE in kinds(whole)


def test_without_p2_and_governance_no_directory_role_stands_for_good() -> None:
    whole, gaps = run(licences=licensed(entra_p2=False, entra_governance=False))
    assert not kinds(whole) & {
        "DirectoryRoleAssignment",
        SCHEDULE,
        "GroupRoleManagementPolicy",
        "AccessPackage",
    }
    assert any(gap.why == "neither Entra ID P2 nor Governance" for gap in gaps)


@pytest.mark.parametrize("has", [False, True])
def test_programs_are_held_to_their_network_with_workload_id_only(has: bool) -> None:
    whole, gaps = run(licences=licensed(entra_workload_identities=has))
    assert ((POLICY, "conditional-access-workloads-aws-workloads") in whole) is has
    assert ("conditional access of programs" in {gap.control for gap in gaps}) is not has
    if has:
        policy = policies(whole)["workloads-aws-workloads"]
        assert policy["conditions"]["users"]["includedUsers"] == ["None"]
        assert len(policy["conditions"]["clientApplications"]["includedServicePrincipals"]) == 2


def test_every_gap_says_why_and_what_stands_in() -> None:
    _, gaps = run()
    assert len({gap.control for gap in gaps}) == len(gaps)
    assert all(gap.why and gap.stand_in and gap.provider == "entra" for gap in gaps)


def test_the_highest_directory_roles_are_for_cloud_only_administrators() -> None:
    system = catalogue().systems["entra-admin"]
    entitlement = system.entitlements["security-reader"].model_copy(
        update={"directory_roles": (DirectoryRole.USER_ADMINISTRATOR,)}
    )
    systems = dict(catalogue().systems)
    systems["entra-admin"] = system.model_copy(
        update={"entitlements": {**system.entitlements, "security-reader": entitlement}}
    )
    with pytest.raises(AssertionError, match="role:security-analyst: user-administrator is for cloud-only"):
        run(changed(systems=systems))


def test_two_systems_with_one_entity_id_are_refused() -> None:
    systems = dict(catalogue().systems)
    jump, portal = systems["rdp-jump-hosts"], systems["statement-portal"]
    identity = portal.identity.model_copy(update={"audience": jump.identity.audience})
    systems["statement-portal"] = portal.model_copy(update={"identity": identity})
    with pytest.raises(
        AssertionError, match=r"system:statement-portal: has the entity id .* of rdp-jump-hosts"
    ):
        run(changed(systems=systems))


def test_a_help_desks_role_reaches_its_unit_alone() -> None:
    system = catalogue().systems["entra-admin"]
    entitlement = system.entitlements["security-reader"].model_copy(
        update={"administrative_unit": "workforce-accounts"}
    )
    systems = dict(catalogue().systems)
    systems["entra-admin"] = system.model_copy(
        update={"entitlements": {**system.entitlements, "security-reader": entitlement}}
    )
    whole, gaps = run(changed(systems=systems))
    unit = whole[("azuread:index/administrativeUnit:AdministrativeUnit", "workforce-accounts")]
    held = whole[
        (
            "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
            "directory-security-analyst-security-reader-workforce-accounts",
        )
    ]
    assert held.inputs["directoryScopeId"] == f"/administrativeUnits/{unit.outputs['objectId']}"
    assert "members of the administrative unit workforce-accounts" in {gap.control for gap in gaps}
