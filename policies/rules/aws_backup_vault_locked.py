"""Whoever takes the account over deletes the backups first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast


@dataclass(frozen=True, kw_only=True)
class _InProduction(AtLeast):
    """A least number in production alone: elsewhere a test has to be torn down."""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if context.settings.production:
            yield from super().faults(view, context)


RULE = requirement(
    title="Backup vaults are locked",
    severity=Severity.HIGH,
    why="Whoever takes the account over deletes the backups first.",
    remedy="set `minRetentionDays` and, in production, `changeableForDays` so that the lock becomes final",
    types=("aws:backup/vaultLockConfiguration:VaultLockConfiguration",),
    wants=(
        AtLeast(path="minRetentionDays", parameter="minimumDays", limit=35),
        _InProduction(path="changeableForDays", parameter="graceDays", limit=3),
    ),
    parameters={
        "minimumDays": days(35, "Days at least that a recovery point is kept."),
        "graceDays": days(3, "Days after which the lock is final; AWS takes 3 or more.", 3),
    },
)
