"""A copy of a database's snapshot is under a key of our own."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Key

RULE = requirement(
    title="Copies of database snapshots are encrypted with a customer managed key",
    severity=Severity.HIGH,
    why="The copy holds what the database holds, and lies where nobody looks.",
    remedy="set `kmsKeyId` to a key of our own",
    types=("aws:rds/snapshotCopy:SnapshotCopy", "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy"),
    wants=(Key(path="kmsKeyId"),),
)
