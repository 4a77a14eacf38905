"""Policy of the bucket that takes logs which are not the trail's own: deliveries, collectors, readers."""

from collections.abc import Sequence

from billing_identity.components.aws.policies.document import allow, deny
from billing_identity.components.aws.policies.refusals import Store, kept, policy_of, refusals

COLLECTED = ("ehr", "clearinghouse", "endpoint", "application")
"""Folders below `activity/source=` that collectors write to."""


def activity_policy(store: Store, *, writers: Sequence[str]) -> str:
    """The store's accounts are those whose network logs arrive here; `writers` role ARNs that put logs in.

    Nobody deletes, nobody but the writers and AWS's log delivery writes, and a write for an account that is
    not named is refused (confused deputy).
    """
    own = {"aws:SourceAccount": list(store.accounts)}
    statements = [
        allow(
            "LogDeliveryLooksTheBucketUp",
            ("s3:GetBucketAcl", "s3:ListBucket"),
            resources=(store.arn,),
            principals={"Service": ["delivery.logs.amazonaws.com"]},
            conditions={"StringEquals": own},
        ),
        allow(
            "LogDeliveryWrites",
            ("s3:PutObject",),
            resources=[f"{store.arn}/AWSLogs/{account}/*" for account in store.accounts],
            principals={"Service": ["delivery.logs.amazonaws.com"]},
            conditions={"StringEquals": {**own, "s3:x-amz-acl": "bucket-owner-full-control"}},
        ),
        *refusals(store),
        deny(
            "OnlyNamedWriters",
            ("s3:PutObject",),
            resources=store.objects,
            conditions={
                "ArnNotLike": {"aws:PrincipalArn": list(writers)},
                "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
            },
        ),
        kept(store),
    ]
    return policy_of(store, statements)
