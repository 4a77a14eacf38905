"""A bad import is undone only if the minutes before it are kept."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="DynamoDB tables can go back to any point in time",
    severity=Severity.HIGH,
    why="A bad import is undone only if the minutes before it are kept.",
    remedy="set `pointInTimeRecovery.enabled` and `deletionProtectionEnabled`",
    types=("aws:dynamodb/table:Table",),
    wants=(
        Flag(path="pointInTimeRecovery.enabled"),
        Flag(path="deletionProtectionEnabled"),
    ),
)
