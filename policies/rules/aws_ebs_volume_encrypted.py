"""EBS volumes are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key

RULE = encrypted(
    title="EBS volumes are encrypted with a customer managed key",
    types=(
        "aws:ebs/volume:Volume",
        "aws:ebs/snapshotCopy:SnapshotCopy",
    ),
    wants=(
        Flag(path="encrypted"),
        Key(path="kmsKeyId"),
    ),
)
