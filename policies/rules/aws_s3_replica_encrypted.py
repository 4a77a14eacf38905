"""Replicas of S3 objects are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Key, OneOf

RULE = requirement(
    title="Replicas of S3 objects are encrypted with a customer managed key",
    severity=Severity.HIGH,
    why=(
        "Storage under Amazon's own key is open to whoever the service lets in; a key of our "
        "own is a second lock."
    ),
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
