"""Policy of the bucket that takes logs which are not the trail's own: deliveries, collectors, readers."""

from collections.abc import Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.bucket_policy import (
    encryption,
    kept,
    perimeter,
    retention,
    transport,
)
from billing_identity.components.aws.policies.document import BUCKET_LIMIT, allow, deny, document

COLLECTED = ("ehr", "clearinghouse", "endpoint", "application")
"""Folders below `activity/source=` that collectors write to."""


def activity_policy(
    bucket: str,
    *,
    region: str,
    keys_account: str,
    deployers: Sequence[str],
    organization_id: str | None,
    accounts: Sequence[str],
    writers: Sequence[str],
) -> str:
    """`accounts` are those whose network logs arrive here; `writers` the role ARNs that put logs in.

    Nobody deletes, nobody but the writers and AWS's log delivery writes, and a write for an account that is
    not named is refused (confused deputy).
    """
    arn = arns.bucket(bucket, arns.partition(region))
    own = {"aws:SourceAccount": list(accounts)}
    statements = [
        allow(
            "LogDeliveryLooksTheBucketUp",
            ("s3:GetBucketAcl", "s3:ListBucket"),
            resources=(arn,),
            principals={"Service": ["delivery.logs.amazonaws.com"]},
            conditions={"StringEquals": own},
        ),
        allow(
            "LogDeliveryWrites",
            ("s3:PutObject",),
            resources=[f"{arn}/AWSLogs/{account}/*" for account in accounts],
            principals={"Service": ["delivery.logs.amazonaws.com"]},
            conditions={"StringEquals": {**own, "s3:x-amz-acl": "bucket-owner-full-control"}},
        ),
        *transport(bucket, region),
        *encryption(bucket, region, keys_account),
        *perimeter(bucket, region, organization_id, accounts),
        *retention(bucket, region, deployers),
        deny(
            "OnlyNamedWriters",
            ("s3:PutObject",),
            resources=(f"{arn}/*",),
            conditions={
                "ArnNotLike": {"aws:PrincipalArn": list(writers)},
                "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
            },
        ),
        kept(arn),
    ]
    return document(f"policy of bucket {bucket}", statements, BUCKET_LIMIT)


def results_policy(
    bucket: str,
    *,
    region: str,
    keys_account: str,
    deployers: Sequence[str],
    organization_id: str | None,
    accounts: Sequence[str],
) -> str:
    """Policy of the bucket of query results: denials only, so that access comes from roles."""
    statements = [
        *transport(bucket, region),
        *encryption(bucket, region, keys_account),
        *perimeter(bucket, region, organization_id, accounts),
        *retention(bucket, region, deployers),
    ]
    return document(f"policy of bucket {bucket}", statements, BUCKET_LIMIT)
