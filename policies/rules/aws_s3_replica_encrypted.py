"""Replicas of S3 objects are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.wants import Key, OneOf

RULE = encrypted(
    title="Replicas of S3 objects are encrypted with a customer managed key",
    remedy=(
        "set `encryptionConfiguration.replicaKmsKeyId`, and `sseKmsEncryptedObjects` to "
        "Enabled, in every rule"
    ),
    types=("aws:s3/bucketReplicationConfig:BucketReplicationConfig",),
    wants=(
        Each(
            path="rules",
            wants=(
                Key(path="destination.encryptionConfiguration.replicaKmsKeyId"),
                OneOf(
                    path="sourceSelectionCriteria.sseKmsEncryptedObjects.status",
                    allowed=("Enabled",),
                    refused=("Disabled",),
                ),
            ),
        ),
    ),
)
