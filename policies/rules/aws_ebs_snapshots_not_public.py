"""A public snapshot hands out a whole disk, its deleted files included."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="EBS snapshots can't be shared with everybody",
    severity=Severity.CRITICAL,
    why="A public snapshot hands out a whole disk, its deleted files included.",
    remedy="set `state` to block-all-sharing",
    types=("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",),
    wants=(
        OneOf(
            path="state",
            allowed=("block-all-sharing",),
            refused=("block-new-sharing", "unblocked"),
            certain="block-all-sharing",
        ),
    ),
)
