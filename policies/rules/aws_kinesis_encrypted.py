"""Kinesis streams are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Key, OneOf

RULE = encrypted(
    title="Kinesis streams are encrypted with a customer managed key",
    types=("aws:kinesis/stream:Stream",),
    wants=(
        OneOf(path="encryptionType", allowed=("KMS",), refused=("NONE",), default="NONE"),
        Key(path="kmsKeyId"),
    ),
)
