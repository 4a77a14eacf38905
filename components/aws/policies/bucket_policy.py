"""Bucket policies of the stores, the log archive and the target of access logs."""

from collections.abc import Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import allow, deny
from billing_identity.components.aws.policies.exchange_policy import quarantine
from billing_identity.components.aws.policies.refusals import Store, kept, policy_of, refusals


def store_policy(
    store: Store,
    *,
    notifiers: Sequence[str] = (),
    scanner: str | None = None,
    reviewers: Sequence[str] = (),
) -> str:
    """Policy of a store: only denials, so that access comes from roles and from the key's policy.

    `notifiers` are roles of services that switch the bucket's events on themselves. With `scanner`, the role
    of GuardDuty's scanner, nothing is read before it was found clean, except by the scanner and the
    `reviewers`.
    """
    statements = [*refusals(store, notifiers=notifiers)]
    if scanner is not None:
        statements += quarantine(store.bucket, store.region, scanner, reviewers)
    return policy_of(store, statements)


def archive_policy(store: Store, *, trails: Sequence[str], config_accounts: Sequence[str] = ()) -> str:
    """Policy of the log archive: what a store refuses, and delivery by the named trails and by AWS Config.

    `trails` are trail ARNs. With an organisation, members' logs are taken under `AWSLogs/<organisation>/`
    too.
    """
    folders = [f"{store.arn}/AWSLogs/{arns.account_of(trail)}/*" for trail in trails]
    if store.organization_id is not None:
        folders.append(f"{store.arn}/AWSLogs/{store.organization_id}/*")
    delivered = {"s3:x-amz-acl": "bucket-owner-full-control"}
    statements = [
        allow(
            "NamedTrailsReadTheAcl",
            ("s3:GetBucketAcl",),
            resources=(store.arn,),
            principals={"Service": ["cloudtrail.amazonaws.com"]},
            conditions={"ArnEquals": {"aws:SourceArn": list(trails)}},
        ),
        allow(
            "NamedTrailsWrite",
            ("s3:PutObject",),
            resources=folders,
            principals={"Service": ["cloudtrail.amazonaws.com"]},
            conditions={"ArnEquals": {"aws:SourceArn": list(trails)}, "StringEquals": delivered},
        ),
    ]
    if config_accounts:
        named = {"aws:SourceAccount": list(config_accounts)}
        statements += [
            allow(
                "ConfigLooksTheBucketUp",
                ("s3:GetBucketAcl", "s3:ListBucket"),
                resources=(store.arn,),
                principals={"Service": ["config.amazonaws.com"]},
                conditions={"StringEquals": named},
            ),
            allow(
                "ConfigWrites",
                ("s3:PutObject",),
                resources=[f"{store.arn}/AWSLogs/{account}/Config/*" for account in config_accounts],
                principals={"Service": ["config.amazonaws.com"]},
                conditions={"StringEquals": {**named, **delivered}},
            ),
        ]
    statements += [
        *refusals(store),
        deny(
            "OnlyServicesWrite",
            ("s3:PutObject",),
            resources=store.objects,
            conditions={"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}},
        ),
        kept(store),
    ]
    return policy_of(store, statements)


def access_log_policy(store: Store, *, account: str, sources: Sequence[str]) -> str:
    """Policy of the bucket that takes S3 server access logs of the `sources` (bucket names of the same
    `account` and Region).
    """
    delivery = allow(
        "AccessLogsOfNamedBuckets",
        ("s3:PutObject",),
        resources=store.objects,
        principals={"Service": ["logging.s3.amazonaws.com"]},
        conditions={
            "ArnLike": {
                "aws:SourceArn": [arns.bucket(source, arns.partition(store.region)) for source in sources]
            },
            "StringEquals": {"aws:SourceAccount": account},
        },
    )
    return policy_of(store, [delivery, *refusals(store), kept(store)])
