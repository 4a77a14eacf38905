"""Detection that is declared and switched off looks like protection."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="GuardDuty is on",
    severity=Severity.HIGH,
    why="Detection that is declared and switched off looks like protection.",
    remedy="leave `enable` out, or set it to true",
    types=("aws:guardduty/detector:Detector",),
    wants=(
        Flag(path="enable", default=True),
        OneOf(
            path="findingPublishingFrequency",
            allowed=("FIFTEEN_MINUTES",),
            refused=("ONE_HOUR", "SIX_HOURS"),
            default="SIX_HOURS",
        ),
    ),
)
