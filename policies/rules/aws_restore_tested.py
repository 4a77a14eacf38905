"""A backup that was never restored is a hope."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Set

RULE = requirement(
    title="Restores are tested on a schedule",
    severity=Severity.MEDIUM,
    why="A backup that was never restored is a hope.",
    remedy="set `scheduleExpression` and the recovery points to take",
    types=("aws:backup/restoreTestingPlan:RestoreTestingPlan",),
    wants=(
        Set(path="scheduleExpression", example="cron(0 5 ? * SUN *)"),
        Holds(path="recoveryPointSelection.includeVaults", example="*"),
        Holds(path="recoveryPointSelection.recoveryPointTypes", example="SNAPSHOT"),
    ),
)
