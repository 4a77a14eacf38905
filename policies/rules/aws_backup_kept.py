"""A fault is often found weeks later; by then a short backup has it too."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast

RULE = requirement(
    title="Backups are kept long enough",
    severity=Severity.MEDIUM,
    why="A fault is often found weeks later; by then a short backup has it too.",
    remedy="set `lifecycle.deleteAfter` to 35 or more",
    types=("aws:backup/plan:Plan",),
    wants=(
        Each(
            path="rules",
            wants=(AtLeast(path="lifecycle.deleteAfter", parameter="minimumDays", limit=35),),
            base={"ruleName": "daily", "targetVaultName": "ephi"},
        ),
    ),
    parameters={"minimumDays": days(35, "Days at least that a recovery point is kept.")},
)
