"""The locked archive that takes the audit trail and other logs for six years."""

from typing import NotRequired

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.locked_bucket import (
    LockedBucket,
    LockedBucketArgs,
    locked_bucket_faults,
)
from billing_identity.components.aws.policies.bucket_policy import archive_policy
from billing_identity.components.aws.store_args import store_of


class LogArchiveBucketArgs(LockedBucketArgs):
    """Arguments of LogArchiveBucket."""

    trails: list[str]
    """ARNs of the trails that write here."""
    config_accounts: NotRequired[list[str]]
    """Accounts whose AWS Config writes here."""


class LogArchiveBucket(LockedBucket):
    """Archive that only the named trails and AWS Config write to, and that nobody can thin out.

    Raises ComponentInputError for a bad name, no trail, an unknown lock mode, retention below 2,192 days and
    missing tags.
    """

    def __init__(
        self, name: str, args: LogArchiveBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        policy = archive_policy(
            store_of(args), trails=args["trails"], config_accounts=args.get("config_accounts", ())
        )
        super().__init__("billing-identity:aws:LogArchiveBucket", name, args, policy, opts)

    @staticmethod
    def check(name: str, args: LogArchiveBucketArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, LogArchiveBucketArgs)
        found = locked_bucket_faults(args)
        if not args["trails"]:
            found.append("trails: empty; name the trails that write here")
        checks.require(f"bucket {name}", found)
