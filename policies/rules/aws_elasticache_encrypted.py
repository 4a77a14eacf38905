"""ElastiCache groups are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key

RULE = encrypted(
    title="ElastiCache groups are encrypted with a customer managed key",
    types=("aws:elasticache/replicationGroup:ReplicationGroup",),
    wants=(
        Flag(path="atRestEncryptionEnabled"),
        Key(path="kmsKeyId"),
    ),
)
