"""An access list that opens an object or a bucket to everybody."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Objects carry no access list that opens them",
    severity=Severity.CRITICAL,
    why="An object's own list publishes it although the bucket's policy is closed.",
    remedy="leave `acl` out",
    types=(
        "aws:s3/bucketObject:BucketObject",
        "aws:s3/bucketObjectv2:BucketObjectv2",
        "aws:s3/objectCopy:ObjectCopy",
        "aws:s3/bucket:Bucket",
    ),
    wants=(
        OneOf(
            path="acl",
            allowed=("private", "bucket-owner-full-control", "bucket-owner-read", "log-delivery-write"),
            refused=("public-read", "public-read-write", "authenticated-read", "PUBLIC-READ"),
            default="private",
        ),
    ),
)
