"""A token in an address is in every log and history on the way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Entra applications issue no tokens by implicit grant",
    severity=Severity.HIGH,
    why="A token in an address is in every log and history on the way.",
    remedy="leave `implicitGrant` out",
    types=("azuread:index/application:Application",),
    wants=(
        Flag(path="web.implicitGrant.accessTokenIssuanceEnabled", wanted=False),
        Flag(path="fallbackPublicClientEnabled", wanted=False),
    ),
)
