"""Secrets in Secrets Manager are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Key

RULE = encrypted(
    title="Secrets in Secrets Manager are encrypted with a customer managed key",
    types=("aws:secretsmanager/secret:Secret",),
    wants=(Key(path="kmsKeyId"),),
)
