"""An exact copy that can be retrieved is required, not a choice."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast

RULE = requirement(
    title="Databases keep automatic backups",
    severity=Severity.HIGH,
    why="An exact copy that can be retrieved is required, not a choice.",
    remedy="set `backupRetentionPeriod` to the days wanted",
    types=(
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
    ),
    wants=(AtLeast(path="backupRetentionPeriod", parameter="minimumDays", limit=7),),
    parameters={"minimumDays": days(7, "Days at least; RDS takes up to 35.", 1, 35)},
)
