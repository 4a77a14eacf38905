"""ePHI that lies where it should not is found only if somebody looks."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Macie is on",
    severity=Severity.MEDIUM,
    why="ePHI that lies where it should not is found only if somebody looks.",
    remedy="leave `status` out, or set it to ENABLED",
    types=("aws:macie2/account:Account",),
    wants=(OneOf(path="status", allowed=("ENABLED",), refused=("PAUSED",), default="ENABLED"),),
)
