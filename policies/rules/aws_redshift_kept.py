"""An exact copy that can be retrieved is required, not a choice."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast, Flag

RULE = requirement(
    title="Redshift keeps snapshots",
    severity=Severity.MEDIUM,
    why="An exact copy that can be retrieved is required, not a choice.",
    remedy="set `automatedSnapshotRetentionPeriod`, and `skipFinalSnapshot` to false",
    types=("aws:redshift/cluster:Cluster",),
    wants=(
        AtLeast(path="automatedSnapshotRetentionPeriod", parameter="minimumDays", limit=7, default=1),
        Flag(path="skipFinalSnapshot", wanted=False),
    ),
    parameters={"minimumDays": days(7, "Days at least; Redshift takes up to 35.", 1, 35)},
)
