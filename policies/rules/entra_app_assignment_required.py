"""An enterprise application lets in the whole tenant unless assignment is required."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.applications import FIRST_PARTY
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
    weaker={"appRoleAssignmentRequired": (False, "false")},
    neutral={"clientId": "it decides only whether the application is one of Microsoft's own"},
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
