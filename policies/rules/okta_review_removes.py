"""A review that changes nothing is a form."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="Access reviews take away what nobody confirms",
    severity=Severity.HIGH,
    why="A review that changes nothing is a form.",
    remedy="set `accessRevoked` and `noResponse` to DENY",
    types=("okta:index/campaign:Campaign",),
    wants=(
        OneOf(path="remediationSettings.accessRevoked", allowed=("DENY",), refused=("NO_ACTION",)),
        OneOf(path="remediationSettings.noResponse", allowed=("DENY",), refused=("NO_ACTION",)),
        Flag(path="skipRemediation", wanted=False),
    ),
)
