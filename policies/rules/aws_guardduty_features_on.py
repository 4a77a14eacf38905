"""A disabled feature leaves its part of the accounts unwatched."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="GuardDuty's features are on",
    severity=Severity.MEDIUM,
    why="A disabled feature leaves its part of the accounts unwatched.",
    remedy="set `status` to ENABLED",
    types=("aws:guardduty/detectorFeature:DetectorFeature",),
    wants=(OneOf(path="status", allowed=("ENABLED",), refused=("DISABLED",)),),
)
