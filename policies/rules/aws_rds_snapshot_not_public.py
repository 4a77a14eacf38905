"""A public snapshot can be restored by anyone who has an AWS account."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Database snapshots are not shared with everybody",
    severity=Severity.CRITICAL,
    why="A public snapshot can be restored by anyone who has an AWS account.",
    remedy="name the accounts in `sharedAccounts`, never `all`",
    types=(
        "aws:rds/snapshot:Snapshot",
        "aws:rds/clusterSnapshot:ClusterSnapshot",
        "aws:rds/snapshotCopy:SnapshotCopy",
    ),
    wants=(
        HoldsNone(
            path="sharedAccounts",
            refuses=lambda text: text.lower() == "all",
            instead=("111122223333",),
            examples_refused=("all",),
        ),
    ),
)
