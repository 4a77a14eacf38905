"""Kafka clusters are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Key

RULE = encrypted(
    title="Kafka clusters are encrypted with a customer managed key",
    types=("aws:msk/cluster:Cluster",),
    wants=(Key(path="encryptionInfo.encryptionAtRestKmsKeyArn"),),
)
