"""An application for any tenant takes accounts that nobody here manages."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Entra applications serve one tenant",
    severity=Severity.HIGH,
    why="An application for any tenant takes accounts that nobody here manages.",
    remedy="leave `signInAudience` out, or set AzureADMyOrg",
    types=(
        "azuread:index/application:Application",
        "azuread:index/applicationRegistration:ApplicationRegistration",
    ),
    wants=(
        OneOf(
            path="signInAudience",
            allowed=("AzureADMyOrg",),
            refused=("AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount"),
            default="AzureADMyOrg",
        ),
    ),
)
