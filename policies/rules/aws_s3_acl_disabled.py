"""Access lists grant past every policy, object by object."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="S3 access lists are off",
    severity=Severity.HIGH,
    why="Access lists grant past every policy, object by object.",
    remedy="set `rule.objectOwnership` to BucketOwnerEnforced",
    types=("aws:s3/bucketOwnershipControls:BucketOwnershipControls",),
    wants=(
        OneOf(
            path="rule.objectOwnership",
            allowed=("BucketOwnerEnforced",),
            refused=("BucketOwnerPreferred", "ObjectWriter"),
        ),
    ),
)
