"""An exact copy that can be retrieved is required, not a choice."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast, Flag

RULE = requirement(
    title="Neptune clusters are backed up and protected from deletion",
    severity=Severity.HIGH,
    why="An exact copy that can be retrieved is required, not a choice.",
    remedy="set `backupRetentionPeriod`, `deletionProtection`, and `skipFinalSnapshot` to false",
    types=("aws:neptune/cluster:Cluster",),
    wants=(
        AtLeast(path="backupRetentionPeriod", parameter="minimumDays", limit=7, default=1),
        Flag(path="deletionProtection"),
        Flag(path="skipFinalSnapshot", wanted=False),
    ),
    parameters={"minimumDays": days(7, "Days at least; Neptune takes up to 35.", 1, 35)},
)
