"""OpenSearch domains are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key

RULE = encrypted(
    title="OpenSearch domains are encrypted with a customer managed key",
    types=("aws:opensearch/domain:Domain",),
    wants=(
        Flag(path="encryptAtRest.enabled"),
        Key(path="encryptAtRest.kmsKeyId"),
        Flag(path="nodeToNodeEncryption.enabled"),
    ),
)
