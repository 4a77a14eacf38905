"""What the locked buckets of logs and documents have in common: encrypted, versioned, kept for six years."""

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
from billing_identity.components.aws.store_args import StoreArgs, store_faults


class LockedBucketArgs(StoreArgs):
    """Arguments that every locked bucket takes."""

    retention_days: int
    """2,192 at least (45 CFR 164.316(b)(2)(i)); the lock lasts as long."""


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


def locked_bucket_faults(args: LockedBucketArgs) -> list[str]:
    """What is wrong with the arguments that every locked bucket takes."""
    found = [*store_faults(args)]
    if args["retention_days"] < checks.SIX_YEARS:
        found.append(f"retention_days {args['retention_days']}: write {checks.SIX_YEARS} or more")
    return found
