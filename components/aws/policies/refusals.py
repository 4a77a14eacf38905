"""What every store's bucket policy refuses.

Nothing here names a key by id, since a key's id is known only once it exists. A store refuses every key
outside the keys account; within it, the key's own policy accepts only the stores that it was made for (its
encryption context).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import BUCKET_LIMIT, Statement, deny, document

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


@dataclass(frozen=True, kw_only=True)
class Store:
    """A bucket as its policy knows it."""

    bucket: str
    region: str
    keys_account: str | None
    """Account of its key; None only for the target of access logs: log delivery can't name a key."""
    deployers: Sequence[str]
    """ARNs of the roles that may change the store's protection."""
    organization_id: str | None
    """Closes the store to everybody else; without an organisation, `accounts` does."""
    accounts: Sequence[str]

    @property
    def arn(self) -> str:
        """ARN of the bucket."""
        return arns.bucket(self.bucket, arns.partition(self.region))

    @property
    def objects(self) -> tuple[str, ...]:
        """ARN pattern of all objects."""
        return (f"{self.arn}/*",)


def policy_of(store: Store, statements: Iterable[Statement]) -> str:
    """A bucket policy as JSON."""
    return document(f"policy of bucket {store.bucket}", list(statements), BUCKET_LIMIT)


def refusals(
    store: Store, *, notifiers: Sequence[str] = (), extenders: Sequence[str] = ()
) -> Iterator[Statement]:
    """Denials of every store: in clear, under another key, from outside, against its retention.

    `notifiers` may change where the bucket's events go, `extenders` how long an object is kept; nothing else.
    """
    yield from _transport(store)
    if store.keys_account is not None:
        yield from _encryption(store, store.keys_account)
    yield _perimeter(store)
    yield from _retention(store, notifiers, extenders)


def kept(store: Store) -> Statement:
    """No log is deleted by hand, by anybody; the store's own life cycle is not bound by this."""
    return deny(
        "LogsAreNotDeletedByHand", ("s3:DeleteObject", "s3:DeleteObjectVersion"), resources=store.objects
    )


def _transport(store: Store) -> Iterator[Statement]:
    """Nothing without TLS, nothing below TLS 1.2 (164.312(e)(1))."""
    everything = (store.arn, *store.objects)
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


def _encryption(store: Store, keys_account: str) -> Iterator[Statement]:
    """No other algorithm, no key of another account. An upload that names neither takes the own key."""
    # Both tests look whether the algorithm is named: with `aws:kms` and no key, S3 would take the AWS managed
    # key of the uploader's account, and a test on the key's header alone would let that pass.
    named = {_ALGORITHM: "false"}
    yield deny(
        "NoOtherAlgorithm",
        ("s3:PutObject",),
        resources=store.objects,
        conditions={"Null": named, "StringNotEquals": {_ALGORITHM: "aws:kms"}},
    )
    yield deny(
        "NoKeyOutsideTheKeysAccount",
        ("s3:PutObject",),
        resources=store.objects,
        conditions={"Null": named, "ArnNotLike": {_KEY: arns.keys_of(keys_account, store.region)}},
    )
    yield deny(
        "NoKeyOfTheCaller",
        ("s3:PutObject",),
        resources=store.objects,
        conditions={"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "false"}},
    )


def _perimeter(store: Store) -> Statement:
    """Nobody outside the organisation or, without one, outside the named accounts; AWS services excepted."""
    outside = (
        {"aws:PrincipalOrgID": store.organization_id}
        if store.organization_id is not None
        else {"aws:PrincipalAccount": list(store.accounts)}
    )
    return deny(
        "NobodyFromOutside",
        ("s3:*",),
        resources=(store.arn, *store.objects),
        conditions={
            "StringNotEqualsIfExists": outside,
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
        },
    )


def _retention(store: Store, notifiers: Sequence[str], extenders: Sequence[str]) -> Iterator[Statement]:
    """Nobody overrides an object's retention; only the deployment changes the store's protection."""
    yield deny(
        "NobodyOverridesRetention",
        tuple(action for action in OVERRIDE if action != EXTEND) if extenders else OVERRIDE,
        resources=store.objects,
    )
    if extenders:
        yield deny(
            "OnlyNamedRolesExtendIt",
            (EXTEND,),
            resources=store.objects,
            conditions={"ArnNotLike": {"aws:PrincipalArn": list(extenders)}},
        )
    yield deny(
        "OnlyTheDeploymentChangesProtection",
        tuple(action for action in WEAKEN if action != NOTIFY) if notifiers else WEAKEN,
        resources=(store.arn,),
        conditions={"ArnNotLike": {"aws:PrincipalArn": list(store.deployers)}},
    )
    if notifiers:
        yield deny(
            "OnlyServicesOfTheStoreChangeEvents",
            (NOTIFY,),
            resources=(store.arn,),
            conditions={"ArnNotLike": {"aws:PrincipalArn": [*store.deployers, *notifiers]}},
        )
