"""A filter that archives keeps findings from everybody."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="GuardDuty filters archive nothing",
    severity=Severity.HIGH,
    why="An archived finding is in no alert, and an attacker counts on it.",
    remedy="set `action` to NOOP",
    types=("aws:guardduty/filter:Filter",),
    wants=(OneOf(path="action", allowed=("NOOP",), refused=("ARCHIVE",)),),
)
