"""Whoever takes the account over deletes the backups first."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast

RULE = requirement(
    title="Backup vaults are locked",
    severity=Severity.HIGH,
    why="Whoever takes the account over deletes the backups first.",
    remedy="set `minRetentionDays`, and `changeableForDays` so that the lock becomes final",
    types=("aws:backup/vaultLockConfiguration:VaultLockConfiguration",),
    wants=(
        AtLeast(path="minRetentionDays", parameter="minimumDays", limit=35),
        AtLeast(path="changeableForDays", parameter="graceDays", limit=3),
    ),
    parameters={
        "minimumDays": days(35, "Days at least that a recovery point is kept."),
        "graceDays": days(3, "Days after which the lock is final; AWS takes 3 or more.", 3),
    },
)
