"""A plan without a selection runs every night and copies nothing."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Backup plans select something",
    severity=Severity.HIGH,
    why="A plan without a selection runs every night and copies nothing.",
    remedy="declare a `Selection` for the plan",
    types=("aws:backup/plan:Plan",),
    by=(("aws:backup/selection:Selection", "planId"),),
)
