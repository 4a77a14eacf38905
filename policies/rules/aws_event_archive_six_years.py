"""What identity providers report is evidence like the audit trail."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotBefore

RULE = requirement(
    title="Event archives keep events for six years",
    severity=Severity.MEDIUM,
    why="What identity providers report is evidence like the audit trail.",
    remedy="leave `retentionDays` out (kept for good), or set 2192 or more",
    types=("aws:cloudwatch/eventArchive:EventArchive",),
    wants=(NotBefore(path="retentionDays", parameter="minimumDays", limit=2192),),
    parameters={"minimumDays": days(2192, "Days at least; 0 or missing keeps events for good.")},
)
