"""DAX clusters encrypt what they keep and what they send."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = encrypted(
    title="DAX clusters encrypt what they keep and what they send",
    remedy="set `serverSideEncryption.enabled` and `clusterEndpointEncryptionType` TLS",
    types=("aws:dax/cluster:Cluster",),
    wants=(
        Flag(path="serverSideEncryption.enabled"),
        OneOf(path="clusterEndpointEncryptionType", allowed=("TLS",), refused=("NONE",), default="NONE"),
    ),
)
