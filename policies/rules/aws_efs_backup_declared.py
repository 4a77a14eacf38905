"""An exact copy that can be retrieved is required, not a choice."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="File systems are backed up",
    severity=Severity.MEDIUM,
    why="An exact copy that can be retrieved is required, not a choice.",
    remedy="declare a `BackupPolicy` for the file system",
    types=("aws:efs/fileSystem:FileSystem",),
    by=(("aws:efs/backupPolicy:BackupPolicy", "fileSystemId"),),
)
