"""What Glue jobs write is encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Key, OneOf

RULE = encrypted(
    title="What Glue jobs write is encrypted with a customer managed key",
    types=("aws:glue/securityConfiguration:SecurityConfiguration",),
    wants=(
        OneOf(
            path="encryptionConfiguration.s3Encryption.s3EncryptionMode",
            allowed=("SSE-KMS",),
            refused=("DISABLED", "SSE-S3"),
            default="DISABLED",
        ),
        Key(path="encryptionConfiguration.s3Encryption.kmsKeyArn"),
        OneOf(
            path="encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode",
            allowed=("SSE-KMS",),
            refused=("DISABLED",),
            default="DISABLED",
        ),
    ),
)
