"""Events are evidence; they must outlast the investigations that need them."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast, Flag, Key

RULE = requirement(
    title="CloudTrail Lake keeps events for six years, everywhere",
    severity=Severity.HIGH,
    why="Events are evidence; they must outlast the investigations that need them.",
    remedy="set `retentionPeriod` to 2192 or more, and leave the protections on",
    types=("aws:cloudtrail/eventDataStore:EventDataStore",),
    wants=(
        AtLeast(path="retentionPeriod", parameter="minimumDays", limit=2192, default=2555),
        Flag(path="multiRegionEnabled", default=True),
        Flag(path="terminationProtectionEnabled", default=True),
        Key(path="kmsKeyId"),
    ),
    parameters={"minimumDays": days(2192, "Days at least: six years hold up to two leap days.")},
)
