"""A public snapshot can be restored by anyone who has an AWS account."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Empty
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Database snapshots are not shared with other accounts",
    severity=Severity.CRITICAL,
    why="Whoever a snapshot is shared with restores it and reads everything, under no role of ours.",
    remedy="leave `sharedAccounts` out; copy what another account needs under a key of its own",
    types=(
        "aws:rds/snapshot:Snapshot",
        "aws:rds/clusterSnapshot:ClusterSnapshot",
        "aws:rds/snapshotCopy:SnapshotCopy",
        "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    ),
    wants=(Empty(path="sharedAccounts"),),
)
