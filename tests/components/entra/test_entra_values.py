"""Every enumerated value that the Entra components use is one that the service takes, and ids fit names."""

from __future__ import annotations

import re

import pulumi_azuread as azuread
import pytest

from billing_identity.components.entra import conditional_access_parts as parts
from billing_identity.components.entra.access_packages import FREQUENCIES
from billing_identity.components.entra.authentication_strengths import (
    FEDERATED,
    ONE_TIME_PASS,
    PHISHING_RESISTANT,
)
from billing_identity.components.entra.conditional_access_everyone import KNOWN_PLATFORMS
from billing_identity.components.entra.privileged_group import EXPIRIES
from billing_identity.roles.model.entra import GRAPH_PERMISSIONS, DirectoryRole, FirstParty

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DOCUMENTED = " ".join(
    str(part.__init__.__doc__)
    for part in (
        azuread.ConditionalAccessPolicyArgs,
        azuread.ConditionalAccessPolicyConditionsArgs,
        azuread.ConditionalAccessPolicyConditionsPlatformsArgs,
        azuread.ConditionalAccessPolicyConditionsApplicationsArgs,
        azuread.ConditionalAccessPolicyConditionsUsersArgs,
        azuread.ConditionalAccessPolicyConditionsUsersIncludedGuestsOrExternalUserArgs,
        azuread.ConditionalAccessPolicyGrantControlsArgs,
        azuread.ConditionalAccessPolicySessionControlsArgs,
        azuread.AccessPackageAssignmentPolicyAssignmentReviewSettingsArgs,
        azuread.GroupRoleManagementPolicyEligibleAssignmentRulesArgs,
        azuread.GroupRoleManagementPolicyNotificationRulesEligibleActivationsAdminNotificationsArgs,
        azuread.AccessPackageResourceCatalogAssociationArgs,
    )
)
VALUES = (
    parts.ENABLED,
    parts.REPORT_ONLY,
    *parts.GUEST_TYPES,
    *KNOWN_PLATFORMS,
    *FREQUENCIES,
    *(f"P{days}D" for days in EXPIRIES),
    "block",
    "mfa",
    "compliantDevice",
    "domainJoinedDevice",
    "primaryAndSecondaryAuthentication",
    "timeBased",
    "never",
    "hours",
    "deviceCodeFlow",
    "authenticationTransfer",
    "exchangeActiveSync",
    "other",
    "browser",
    "removeAccess",
    "Reviewers",
    "All",
    "AadGroup",
)


@pytest.mark.parametrize("value", VALUES)
def test_the_installed_provider_documents_the_value(value: str) -> None:
    assert f"`{value}`" in DOCUMENTED


def test_strengths_use_microsofts_combinations() -> None:
    assert set(PHISHING_RESISTANT) == {"fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor"}
    assert ONE_TIME_PASS == "temporaryAccessPassOneTime"
    assert FEDERATED == ("federatedMultiFactor",)


def test_every_directory_role_has_an_id_of_its_own() -> None:
    ids = [role.template_id for role in DirectoryRole]
    assert len(set(ids)) == len(ids)
    assert all(UUID.fullmatch(identifier) for identifier in ids)


@pytest.mark.parametrize("forbidden", ["global-administrator", "privileged-role-administrator"])
def test_no_file_can_grant_the_two_highest_roles(forbidden: str) -> None:
    assert forbidden not in {role.value for role in DirectoryRole}


def test_programs_are_given_reading_permissions_only() -> None:
    assert all(UUID.fullmatch(identifier) for identifier in GRAPH_PERMISSIONS.values())
    assert not [name for name in GRAPH_PERMISSIONS if ".Read." not in name]


def test_every_first_party_service_is_something_that_a_policy_can_name() -> None:
    for service in FirstParty:
        assert UUID.fullmatch(service.target) or service.target in ("Office365", "MicrosoftAdminPortals")
