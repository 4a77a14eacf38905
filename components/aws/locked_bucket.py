"""What the locked buckets of logs and documents have in common: encrypted, versioned, kept for six years."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.hardened_bucket import (
    BucketSpec,
    Lock,
    abort_uploads,
    declare,
    expire_logs,
)
from billing_identity.components.aws.options import protected
from billing_identity.components.aws.policies.refusals import Store


class LockedBucketArgs(TypedDict):
    """Arguments that every locked bucket takes."""

    bucket: str
    region: str
    account_id: str
    keys_account_id: str
    key_arn: pulumi.Input[str]
    """Key whose policy already allows those who write."""
    log_bucket: str
    """Takes the bucket's own access logs; same account and Region."""
    deployers: list[str]
    organization_id: NotRequired[str]
    lock_mode: str
    """COMPLIANCE, or GOVERNANCE where a test environment must be torn down."""
    retention_days: int
    """2,192 at least (45 CFR 164.316(b)(2)(i)); the lock lasts as long."""
    tags: dict[str, str]


class LockedBucket(pulumi.ComponentResource):
    """A bucket under object lock; each kind adds who may write. Not a component by itself."""

    bucket_name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(
        self,
        kind: str,
        name: str,
        args: LockedBucketArgs,
        policy: str,
        opts: pulumi.ResourceOptions | None,
        *,
        expires: bool = True,
    ) -> None:
        """`kind` is the component's type token, `policy` the bucket policy as JSON.

        With `expires`, an object goes when its retention is over; without, it stays.
        """
        super().__init__(kind, name, {}, protected(opts))
        self.store = declare(
            self,
            name,
            BucketSpec(
                bucket=args["bucket"],
                region=args["region"],
                policy=policy,
                tags=args["tags"],
                key_arn=args["key_arn"],
                lock=Lock(args["lock_mode"], args["retention_days"]),
                lifecycle=[
                    abort_uploads(),
                    *([expire_logs(args["retention_days"])] if expires else []),
                ],
                log_bucket=args["log_bucket"],
                events=True,
            ),
        )
        self.bucket_name = self.store.name
        self.arn = self.store.bucket.arn
        self.register_outputs(
            {"bucket_name": self.bucket_name, "arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]}
        )


def store_of(args: LockedBucketArgs, accounts: Sequence[str] | None = None) -> Store:
    """The bucket as its policy knows it; `accounts` where more than its own use it."""
    return Store(
        bucket=args["bucket"],
        region=args["region"],
        keys_account=args["keys_account_id"],
        deployers=args["deployers"],
        organization_id=args.get("organization_id"),
        accounts=[args["account_id"]] if accounts is None else accounts,
    )


def locked_bucket_faults(args: LockedBucketArgs) -> list[str]:
    """What is wrong with the arguments that every locked bucket takes."""
    found = [
        *checks.bucket_name(args["bucket"]),
        *checks.bucket_name(args["log_bucket"]),
        *checks.region(args["region"]),
        *checks.account(args["account_id"]),
        *checks.account(args["keys_account_id"], "keys_account_id"),
        *checks.role_patterns(args["deployers"], "deployers"),
        *checks.tags(args["tags"]),
    ]
    if args["lock_mode"] not in ("COMPLIANCE", "GOVERNANCE"):
        found.append(f"lock_mode {args['lock_mode']!r}: write COMPLIANCE or GOVERNANCE")
    if args["retention_days"] < checks.SIX_YEARS:
        found.append(f"retention_days {args['retention_days']}: write {checks.SIX_YEARS} or more")
    return found
