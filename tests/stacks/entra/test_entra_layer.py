"""What the reference organisation declares in Entra, on named resources."""

from __future__ import annotations

from typing import Any

import pytest
from entra_program import ADMINISTRATORS, BREAK_GLASS, GROUP, RULE_GROUP, Whole, policies, strengths

PIM = "azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy"
ELIGIBLE = "azuread:index/privilegedAccessGroupEligibilitySchedule:PrivilegedAccessGroupEligibilitySchedule"
DIRECTORY = "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment"
TERMS = "azuread:index/accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy"
PACKAGE = "azuread:index/accessPackageResourcePackageAssociation:AccessPackageResourcePackageAssociation"
OFFERED = "azuread:index/accessPackageResourceCatalogAssociation:AccessPackageResourceCatalogAssociation"
APPLICATION = "azuread:index/application:Application"
PRINCIPAL = "azuread:index/servicePrincipal:ServicePrincipal"
ASSIGNMENT = "azuread:index/appRoleAssignment:AppRoleAssignment"
CREDENTIAL = "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential"
IDENTIFIER = "azuread:index/applicationIdentifierUri:ApplicationIdentifierUri"
GRAPH = "00000003-0000-0000-c000-000000000000"


def inputs(whole: Whole, kind: str, name: str) -> dict[str, Any]:
    return dict(whole[(kind, name)].inputs)


def object_id(whole: Whole, kind: str, name: str) -> str:
    return str(whole[(kind, name)].outputs["objectId"])


def test_every_policy_excludes_the_sealed_accounts_and_only_administrators_beside_them(
    reference: Whole,
) -> None:
    for slug, policy in policies(reference).items():
        excluded = policy["conditions"]["users"]["excludedGroups"]
        assert BREAK_GLASS in excluded, slug
        blocks = "block" in ((policy.get("grantControls") or {}).get("builtInControls") or [])
        assert set(excluded) <= {BREAK_GLASS} | (set() if blocks else {ADMINISTRATORS}), slug
        assert excluded == sorted(excluded), slug


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("legacy", {"clientAppTypes": ["exchangeActiveSync", "other"]}),
        ("device-code", {"authenticationFlowTransferMethods": ["deviceCodeFlow"]}),
        ("transfer", {"authenticationFlowTransferMethods": ["authenticationTransfer"]}),
        ("sign-in-risk", {"signInRiskLevels": ["high"]}),
        ("user-risk", {"userRiskLevels": ["high"]}),
        (
            "platforms",
            {
                "platforms": {
                    "includedPlatforms": ["all"],
                    "excludedPlatforms": ["android", "iOS", "linux", "macOS", "windows"],
                }
            },
        ),
    ],
)
def test_what_is_blocked_for_all_users_and_applications(
    reference: Whole, slug: str, expected: dict[str, Any]
) -> None:
    policy = policies(reference)[slug]
    assert policy["grantControls"]["builtInControls"] == ["block"]
    assert policy["conditions"]["users"]["includedUsers"] == ["All"]
    assert policy["conditions"]["applications"]["includedApplications"] == ["All"]
    for name, value in expected.items():
        assert policy["conditions"][name] == value


def test_tiers_ask_again_as_often_as_the_catalogue_says(reference: Whole) -> None:
    found = policies(reference)
    hours = {slug: found[slug]["sessionControls"]["signInFrequency"] for slug in ("workforce", "tier-ephi")}
    assert hours == {"workforce": 12, "tier-ephi": 8}
    assert found["tier-privileged"]["sessionControls"]["signInFrequency"] == 1
    assert found["workforce"]["sessionControls"]["persistentBrowserMode"] == "never"
    assert "Office365" in found["tier-ephi"]["conditions"]["applications"]["includedApplications"]
    scans = reference[(APPLICATION, "scan-archive")].outputs["clientId"]
    assert scans in found["tier-ephi"]["conditions"]["applications"]["includedApplications"]


def test_administrators_may_not_use_what_their_tier_leaves_out(reference: Whole) -> None:
    policy = policies(reference)["administrators"]
    wanted = strengths(reference)[policy["grantControls"]["authenticationStrengthPolicyId"]]
    assert wanted == {"fido2", "x509CertificateMultiFactor"}
    assert len(policy["conditions"]["users"]["includedRoles"]) == 8


def test_an_administrator_role_is_eligible_approved_short_and_told_of(reference: Whole) -> None:
    rules = inputs(reference, PIM, "identity-administrator-member")
    assert rules["groupId"] == object_id(reference, GROUP, "identity-administrator")
    activation = rules["activationRules"]
    assert activation["maximumDuration"] == "PT8H"
    assert activation["requireApproval"] is activation["requireJustification"] is True
    assert activation["requireMultifactorAuthentication"] is True
    approvers = {entry["objectId"] for entry in activation["approvalStage"]["primaryApprovers"]}
    assert approvers == {
        object_id(reference, RULE_GROUP, "security-officer"),
        object_id(reference, RULE_GROUP, "privacy-officer"),
    }
    told = rules["notificationRules"]["eligibleActivations"]["adminNotifications"]
    assert told["additionalRecipients"] == ["security-alerts@meridian-revenue.example"]
    eligible = inputs(reference, ELIGIBLE, "identity-administrator-eligible")
    assert eligible["principalId"] == object_id(reference, GROUP, "eligible-identity-administrator")


def test_directory_roles_hang_on_role_assignable_groups_alone(reference: Whole) -> None:
    assignable = {
        str(item.outputs["objectId"])
        for (kind, _), item in reference.items()
        if kind == GROUP and item.inputs.get("assignableToRole")
    }
    managed = {item.inputs["groupId"] for (kind, _), item in reference.items() if kind == PIM}
    held = [item for (kind, _), item in reference.items() if kind == DIRECTORY]
    assert len(held) == 5
    for item in held:
        assert item.inputs["principalObjectId"] in assignable & managed
        assert item.inputs["directoryScopeId"] == "/"


def test_reading_directory_roles_need_no_approval_and_end_with_the_strictest_session(
    reference: Whole,
) -> None:
    activation = inputs(reference, PIM, "directory-security-analyst-member")["activationRules"]
    assert activation["requireApproval"] is False
    assert "approvalStage" not in activation or activation["approvalStage"] is None
    assert activation["maximumDuration"] == "PT4H"


def test_a_vendor_role_is_asked_for_approved_by_its_approvers_and_the_data_owner_and_reviewed(
    reference: Whole,
) -> None:
    terms = inputs(reference, TERMS, "requested-roles-vendor-support")
    requestors = terms["requestorSettings"]["requestors"]
    assert requestors == [
        {
            "subjectType": "groupMembers",
            "objectId": object_id(reference, RULE_GROUP, "may-request-vendor-support"),
        }
    ]
    stages = [
        [entry["objectId"] for entry in stage["primaryApprovers"]]
        for stage in terms["approvalSettings"]["approvalStages"]
    ]
    # security-officer is the data owner of the jump hosts and among the approvers already: one stage.
    assert stages == [[object_id(reference, RULE_GROUP, name) for name in ("it-admin", "security-officer")]]
    review = terms["assignmentReviewSettings"]
    assert review["reviewFrequency"] == "quarterly"
    assert review["accessReviewTimeoutBehavior"] == "removeAccess"
    assert review["reviewType"] == "Reviewers"
    assert [entry["objectId"] for entry in review["reviewers"]] == [
        object_id(reference, RULE_GROUP, "it-admin")
    ]
    offered = inputs(reference, OFFERED, "requested-roles-vendor-support")
    assert offered["resourceOriginId"] == object_id(reference, GROUP, "eligible-vendor-support")


def test_who_may_ask_is_at_work_trained_and_of_an_eligible_job_code(reference: Whole) -> None:
    rule = inputs(reference, RULE_GROUP, "may-request-vendor-support")["dynamicMembership"]["rule"]
    assert '(user.extensionAttribute2 -eq "ACTIVE")' in rule
    assert '(user.extensionAttribute5 -eq "CURRENT")' in rule
    assert '(user.extensionAttribute1 -eq "VND-SUPPORT")' in rule
    administrator = inputs(reference, RULE_GROUP, "may-request-identity-administrator")
    assert '-notContains "@meridian-revenue.example"' in administrator["dynamicMembership"]["rule"]


def test_break_glass_is_a_requested_role_that_ends_within_the_catalogues_hours(without_okta: Whole) -> None:
    activation = inputs(without_okta, PIM, "break-glass-responder-member")["activationRules"]
    assert activation["maximumDuration"] == "PT4H"
    assert activation["requireApproval"] is True


def test_the_log_collector_reads_and_has_no_password(reference: Whole) -> None:
    credential = inputs(reference, CREDENTIAL, "entra-log-collector")
    assert credential["subject"] == "system:serviceaccount:logging:entra-log-collector"
    assert credential["audiences"] == ["api://AzureADTokenExchange"]
    graph = object_id(reference, PRINCIPAL, "first-party-microsoft-graph")
    granted = {
        name: item.inputs["appRoleId"]
        for (kind, name), item in reference.items()
        if kind == ASSIGNMENT and item.inputs["resourceObjectId"] == graph
    }
    assert granted == {
        "entra-log-collector-auditlog-read-all": "b0afded3-3588-46d8-8b3d-9842eff778da",
        "entra-log-collector-identityriskevent-read-all": "6e472fd1-ad78-48da-a0f0-97ab2c6b769e",
        "entra-log-collector-identityriskyuser-read-all": "dc5007c0-2d7d-4c42-879c-2dab87571379",
    }
    assert not [kind for kind, _ in reference if "assword" in kind]


def test_the_deployer_and_microsofts_services_are_not_made_anew(reference: Whole) -> None:
    assert (APPLICATION, "entra-deployer") not in reference
    graph = inputs(reference, PRINCIPAL, "first-party-microsoft-graph")
    assert (graph["clientId"], graph["useExisting"]) == (GRAPH, True)


def test_a_foreign_entity_id_is_added_after_the_service_principal(reference: Whole) -> None:
    added = reference[(IDENTIFIER, "statement-portal-identifier-0")]
    assert added.inputs["identifierUri"] == "https://statements.revspring.example/sso/meridian"
    assert reference[(PRINCIPAL, "statement-portal")].urn in added.dependencies
    assert not inputs(reference, APPLICATION, "statement-portal").get("identifierUris")
    own = inputs(reference, APPLICATION, "rdp-jump-hosts")["identifierUris"]
    assert own == ["https://jump.meridian-revenue.example/saml"]


def test_a_program_holds_the_app_role_of_its_entitlement(reference: Whole) -> None:
    roles = inputs(reference, APPLICATION, "statement-portal")["appRoles"]
    assert [(role["value"], role["allowedMemberTypes"]) for role in roles] == [
        ("Statements.Submit", ["Application", "User"])
    ]
    held = inputs(reference, ASSIGNMENT, "statement-sender-submit")
    assert held["appRoleId"] == roles[0]["id"]
