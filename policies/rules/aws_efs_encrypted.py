"""EFS file systems are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key

RULE = encrypted(
    title="EFS file systems are encrypted with a customer managed key",
    types=("aws:efs/fileSystem:FileSystem",),
    wants=(
        Flag(path="encrypted"),
        Key(path="kmsKeyId"),
    ),
)
