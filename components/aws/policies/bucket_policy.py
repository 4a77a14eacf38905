"""Bucket policies: what every store refuses, and what the services that write logs need.

Nothing here names a key by id, since a key's id is known only once it exists. A store refuses every key
outside the keys account; within it, the key's own policy accepts only the stores that it was made for (its
encryption context).
"""

from collections.abc import Iterator, Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import BUCKET_LIMIT, Statement, allow, deny, document
from billing_identity.components.aws.policies.exchange_policy import quarantine

_ALGORITHM = "s3:x-amz-server-side-encryption"
_KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id"

WEAKEN = (
    *("s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketLogging"),
    *("s3:PutBucketNotification", "s3:PutBucketObjectLockConfiguration", "s3:PutBucketOwnershipControls"),
    *("s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning"),
    *("s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration"),
)
"""What changes a store's protection."""
NOTIFY = "s3:PutBucketNotification"
"""GuardDuty and AWS Backup switch events to EventBridge on by themselves, also where they are on."""
EXTEND = "s3:PutObjectRetention"
"""Shortens nothing by itself: without the right to bypass, S3 takes only a later day."""
OVERRIDE = ("s3:BypassGovernanceRetention", "s3:PutObjectLegalHold", EXTEND)
"""What shortens or replaces the retention that the store gives to each object."""


def store_policy(
    bucket: str,
    *,
    region: str,
    keys_account: str,
    deployers: Sequence[str],
    organization_id: str | None,
    accounts: Sequence[str],
    notifiers: Sequence[str] = (),
    scanner: str | None = None,
    reviewers: Sequence[str] = (),
) -> str:
    """Policy of an ePHI store: only denials, so that access comes from roles and from the key's policy.

    `deployers` are the role ARNs that may change the store's protection. `organization_id` closes the store
    to everybody else; without an organisation, `accounts` does. `notifiers` are roles of services that switch
    the bucket's events on themselves. With `scanner`, the role of GuardDuty's scanner, nothing is read before
    it was found clean, except by the scanner and the `reviewers`.
    """
    statements = [
        *transport(bucket, region),
        *encryption(bucket, region, keys_account),
        *perimeter(bucket, region, organization_id, accounts),
        *retention(bucket, region, deployers, notifiers),
    ]
    if scanner is not None:
        statements += quarantine(bucket, region, scanner, reviewers)
    return document(f"policy of bucket {bucket}", statements, BUCKET_LIMIT)


def archive_policy(
    bucket: str,
    *,
    region: str,
    keys_account: str,
    deployers: Sequence[str],
    organization_id: str | None,
    accounts: Sequence[str],
    trails: Sequence[str],
    config_accounts: Sequence[str] = (),
) -> str:
    """Policy of the log archive: what a store refuses, and delivery by the named trails and by AWS Config.

    `trails` are trail ARNs. With `organization_id`, members' logs are taken under `AWSLogs/<organisation>/`
    too.
    """
    arn = _arn(bucket, region)
    folders = [f"{arn}/AWSLogs/{arns.account_of(trail)}/*" for trail in trails]
    if organization_id is not None:
        folders.append(f"{arn}/AWSLogs/{organization_id}/*")
    delivered = {"s3:x-amz-acl": "bucket-owner-full-control"}
    statements = [
        allow(
            "NamedTrailsReadTheAcl",
            ("s3:GetBucketAcl",),
            resources=(arn,),
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
                resources=(arn,),
                principals={"Service": ["config.amazonaws.com"]},
                conditions={"StringEquals": named},
            ),
            allow(
                "ConfigWrites",
                ("s3:PutObject",),
                resources=[f"{arn}/AWSLogs/{account}/Config/*" for account in config_accounts],
                principals={"Service": ["config.amazonaws.com"]},
                conditions={"StringEquals": {**named, **delivered}},
            ),
        ]
    statements += [
        *transport(bucket, region),
        *encryption(bucket, region, keys_account),
        *perimeter(bucket, region, organization_id, accounts),
        *retention(bucket, region, deployers),
        deny(
            "OnlyServicesWrite",
            ("s3:PutObject",),
            resources=(f"{arn}/*",),
            conditions={"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}},
        ),
        kept(arn),
    ]
    return document(f"policy of bucket {bucket}", statements, BUCKET_LIMIT)


def access_log_policy(
    bucket: str,
    *,
    region: str,
    account: str,
    deployers: Sequence[str],
    organization_id: str | None,
    sources: Sequence[str],
) -> str:
    """Policy of the bucket that takes S3 server access logs of the `sources` (bucket names,
    same account and Region).

    Log delivery can't name a key, so nothing is refused by algorithm or key here.
    """
    arn = _arn(bucket, region)
    statements = [
        allow(
            "AccessLogsOfNamedBuckets",
            ("s3:PutObject",),
            resources=(f"{arn}/*",),
            principals={"Service": ["logging.s3.amazonaws.com"]},
            conditions={
                "ArnLike": {"aws:SourceArn": [_arn(source, region) for source in sources]},
                "StringEquals": {"aws:SourceAccount": account},
            },
        ),
        *transport(bucket, region),
        *perimeter(bucket, region, organization_id, (account,)),
        *retention(bucket, region, deployers),
        kept(arn),
    ]
    return document(f"policy of bucket {bucket}", statements, BUCKET_LIMIT)


def kept(arn: str) -> Statement:
    """No log is deleted by hand, by anybody; the store's own life cycle is not bound by this."""
    return deny(
        "LogsAreNotDeletedByHand", ("s3:DeleteObject", "s3:DeleteObjectVersion"), resources=(f"{arn}/*",)
    )


def transport(bucket: str, region: str) -> Iterator[Statement]:
    """Nothing without TLS, nothing below TLS 1.2 (164.312(e)(1))."""
    everything = (_arn(bucket, region), f"{_arn(bucket, region)}/*")
    yield deny(
        "NothingWithoutTls",
        ("s3:*",),
        resources=everything,
        conditions={"Bool": {"aws:SecureTransport": "false"}},
    )
    yield deny(
        "NothingBelowTls12",
        ("s3:*",),
        resources=everything,
        conditions={"NumericLessThan": {"s3:TlsVersion": "1.2"}},
    )


def encryption(bucket: str, region: str, keys_account: str) -> Iterator[Statement]:
    """No other algorithm, no key of another account. An upload that names neither takes the own key."""
    objects = (f"{_arn(bucket, region)}/*",)
    # Both tests look whether the algorithm is named: with `aws:kms` and no key, S3 would take the AWS managed
    # key of the uploader's account, and a test on the key's header alone would let that pass.
    named = {_ALGORITHM: "false"}
    yield deny(
        "NoOtherAlgorithm",
        ("s3:PutObject",),
        resources=objects,
        conditions={"Null": named, "StringNotEquals": {_ALGORITHM: "aws:kms"}},
    )
    yield deny(
        "NoKeyOutsideTheKeysAccount",
        ("s3:PutObject",),
        resources=objects,
        conditions={"Null": named, "ArnNotLike": {_KEY: arns.keys_of(keys_account, region)}},
    )
    yield deny(
        "NoKeyOfTheCaller",
        ("s3:PutObject",),
        resources=objects,
        conditions={"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "false"}},
    )


def perimeter(
    bucket: str, region: str, organization_id: str | None, accounts: Sequence[str]
) -> Iterator[Statement]:
    """Nobody outside the organisation or, without one, outside the named accounts; AWS services excepted."""
    outside = (
        {"aws:PrincipalOrgID": organization_id}
        if organization_id is not None
        else {"aws:PrincipalAccount": list(accounts)}
    )
    yield deny(
        "NobodyFromOutside",
        ("s3:*",),
        resources=(_arn(bucket, region), f"{_arn(bucket, region)}/*"),
        conditions={
            "StringNotEqualsIfExists": outside,
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
        },
    )


def retention(
    bucket: str,
    region: str,
    deployers: Sequence[str],
    notifiers: Sequence[str] = (),
    extenders: Sequence[str] = (),
) -> Iterator[Statement]:
    """Nobody overrides an object's retention; only the deployment changes the store's protection.

    `notifiers` may change where the bucket's events go, `extenders` how long an object is kept; nothing else.
    """
    arn = _arn(bucket, region)
    yield deny(
        "NobodyOverridesRetention",
        tuple(action for action in OVERRIDE if action != EXTEND) if extenders else OVERRIDE,
        resources=(f"{arn}/*",),
    )
    if extenders:
        yield deny(
            "OnlyNamedRolesExtendIt",
            (EXTEND,),
            resources=(f"{arn}/*",),
            conditions={"ArnNotLike": {"aws:PrincipalArn": list(extenders)}},
        )
    yield deny(
        "OnlyTheDeploymentChangesProtection",
        tuple(action for action in WEAKEN if action != NOTIFY) if notifiers else WEAKEN,
        resources=(arn,),
        conditions={"ArnNotLike": {"aws:PrincipalArn": list(deployers)}},
    )
    if notifiers:
        yield deny(
            "OnlyServicesOfTheStoreChangeEvents",
            (NOTIFY,),
            resources=(arn,),
            conditions={"ArnNotLike": {"aws:PrincipalArn": [*deployers, *notifiers]}},
        )


def _arn(bucket: str, region: str) -> str:
    return arns.bucket(bucket, arns.partition(region))
