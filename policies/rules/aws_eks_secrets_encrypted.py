"""Kubernetes secrets are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.wants import Key

RULE = encrypted(
    title="Kubernetes secrets are encrypted with a customer managed key",
    types=("aws:eks/cluster:Cluster",),
    wants=(
        Holds(path="encryptionConfig.resources", wanted=("secrets",)),
        Key(path="encryptionConfig.provider.keyArn"),
    ),
)
