"""A delegated grant acts with the rights of whoever is signed in, administrators included."""

from __future__ import annotations

from billing_identity.policies.framework.graph_rights import ADMINISTRATION
from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

_REFUSED = frozenset(
    {
        *(name.lower() for name in ADMINISTRATION.values()),
        "directory.accessasuser.all",
        "user.readwrite.all",
        "policy.readwrite.conditionalaccess",
        "policy.readwrite.authenticationmethod",
        "userauthenticationmethod.readwrite.all",
    }
)
"""Microsoft, "Microsoft Graph permissions reference", delegated permissions; letter case doesn't count."""

RULE = requirement(
    title="Delegated grants give applications no administrator's permissions",
    severity=Severity.CRITICAL,
    why="An administrator who signs in to such an application lends it the whole tenant.",
    remedy="grant the narrower permissions that the task needs, to the application that needs them",
    types=(
        "azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant",
    ),
    wants=(
        HoldsNone(
            path="claimValues",
            refuses=lambda claim: claim.lower() in _REFUSED,
            instead=("openid", "User.Read"),
            examples_refused=(
                *ADMINISTRATION.values(),
                "directory.readwrite.all",
                "Directory.AccessAsUser.All",
            ),
        ),
    ),
)
