"""An enterprise application lets in the whole tenant unless assignment is required."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.tokens import ENTRA_SERVICE_PRINCIPAL

FIRST_PARTY = (
    "00000003-0000-0000-c000-000000000000",  # Microsoft Graph
    "00000002-0000-0000-c000-000000000000",  # the directory's older interface
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",  # Azure Service Management
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",  # Azure Key Vault
    "00000002-0000-0ff1-ce00-000000000000",  # Office 365 Exchange Online
    "00000003-0000-0ff1-ce00-000000000000",  # Office 365 SharePoint Online
)
"""Client ids of Microsoft's own services that other applications need; assignment can't be required."""


def _required(principal: ResourceView, context: RuleContext) -> Iterator[Finding]:
    if principal.flag("appRoleAssignmentRequired", default=False):
        return
    client = principal.text("clientId")
    if client in context.texts("firstPartyClientIds"):
        raise NotApplicableError("a service of Microsoft's own that other applications need")
    yield Finding("`appRoleAssignmentRequired` is not true: everybody in the tenant gets in")


RULE = ResourceRule(
    title="Entra enterprise applications let in assigned groups only",
    severity=Severity.HIGH,
    why="Otherwise every account of the tenant, guests included, can sign in to the application.",
    remedy="set `appRoleAssignmentRequired` to true",
    parameters={
        "firstPartyClientIds": {
            "type": "array",
            "items": {"type": "string"},
            "default": list(FIRST_PARTY),
            "description": "Client ids of Microsoft's own services for which assignment can't be required.",
        }
    },
    types=(ENTRA_SERVICE_PRINCIPAL,),
    checks=(_required,),
    reads={"appRoleAssignmentRequired": "fails", "clientId": "fails"},
    allowed=(
        Example(
            "required",
            ENTRA_SERVICE_PRINCIPAL,
            {
                "clientId": "33333333-3333-3333-3333-333333333333",
                "appRoleAssignmentRequired": True,
                "accountEnabled": True,
                "__defaults": ["accountEnabled"],
            },
        ),
    ),
    disallowed=(
        Example("left out", ENTRA_SERVICE_PRINCIPAL, {"clientId": "33333333-3333-3333-3333-333333333333"}),
        Example("off", ENTRA_SERVICE_PRINCIPAL, {"clientId": "3", "appRoleAssignmentRequired": False}),
        Example(
            "a gallery application taken over",
            ENTRA_SERVICE_PRINCIPAL,
            {"clientId": "33333333-3333-3333-3333-333333333333", "useExisting": True},
        ),
    ),
)
