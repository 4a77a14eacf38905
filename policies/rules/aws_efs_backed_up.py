"""An exact copy that can be retrieved is required, not a choice."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="EFS file systems are backed up",
    severity=Severity.MEDIUM,
    why="An exact copy that can be retrieved is required, not a choice.",
    remedy="set `backupPolicy.status` to ENABLED",
    types=("aws:efs/backupPolicy:BackupPolicy",),
    wants=(OneOf(path="backupPolicy.status", allowed=("ENABLED",), refused=("DISABLED",)),),
)
