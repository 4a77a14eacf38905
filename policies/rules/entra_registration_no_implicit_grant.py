"""A token in an address is in every log and history on the way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Application registrations issue no access tokens by implicit grant",
    severity=Severity.HIGH,
    why="A token in an address is in every log and history on the way.",
    remedy="leave `implicitAccessTokenIssuanceEnabled` out",
    types=("azuread:index/applicationRegistration:ApplicationRegistration",),
    wants=(Flag(path="implicitAccessTokenIssuanceEnabled", wanted=False),),
)
