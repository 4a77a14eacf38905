"""Access lists and websites are ways to make objects public that no policy shows."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="S3 buckets have no access lists and publish no website",
    severity=Severity.HIGH,
    why="Access lists and websites are ways to make objects public that no policy shows.",
    remedy="grant by bucket policy; publish through CloudFront",
    types=(
        "aws:s3/bucketAclV2:BucketAclV2",
        "aws:s3/bucketAcl:BucketAcl",
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    ),
)
