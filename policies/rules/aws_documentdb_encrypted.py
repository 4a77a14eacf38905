"""DocumentDB clusters are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key

RULE = encrypted(
    title="DocumentDB clusters are encrypted with a customer managed key",
    types=("aws:docdb/cluster:Cluster",),
    wants=(
        Flag(path="storageEncrypted"),
        Key(path="kmsKeyId"),
    ),
)
