"""Records past their retention are a burden in a breach; broken uploads are copies that nobody sees."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="S3 buckets have a lifecycle",
    severity=Severity.LOW,
    why="Records past their retention are a burden in a breach; broken uploads are copies that nobody sees.",
    remedy="declare a `BucketLifecycleConfiguration` for the bucket",
    types=("aws:s3/bucket:Bucket",),
    by=(("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket"),),
)
