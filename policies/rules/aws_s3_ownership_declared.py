"""What holds by today's default should hold because somebody said so."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="S3 buckets declare that access lists are off",
    severity=Severity.MEDIUM,
    why="What holds by today's default should hold because somebody said so.",
    remedy="declare a `BucketOwnershipControls` for the bucket",
    types=("aws:s3/bucket:Bucket",),
    by=(("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "bucket"),),
)
