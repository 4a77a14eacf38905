"""A client that proves nothing about itself can be anybody's program."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="No Entra application falls back to a public client",
    severity=Severity.HIGH,
    why="Flows for public clients take a password, or a code typed elsewhere, from any program.",
    remedy="leave the resource out, or set `enabled` to false",
    types=("azuread:index/applicationFallbackPublicClient:ApplicationFallbackPublicClient",),
    wants=(Flag(path="enabled", wanted=False, default=True),),
)
