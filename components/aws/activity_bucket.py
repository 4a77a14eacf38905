"""The locked bucket of activity logs: identity events, network logs, exports of systems and endpoints."""

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.locked_bucket import (
    LockedBucket,
    LockedBucketArgs,
    locked_bucket_faults,
)
from billing_identity.components.aws.policies.activity_policy import activity_policy
from billing_identity.components.aws.store_args import store_of


class ActivityBucketArgs(LockedBucketArgs):
    """Arguments of ActivityBucket."""

    accounts: list[str]
    """Accounts whose network logs arrive here."""
    writers: list[str]
    """Role ARNs that may write: the delivery of events, the collectors."""


class ActivityBucket(LockedBucket):
    """Locked, encrypted store that log delivery and named roles write to, and that nobody can thin out.

    Raises ComponentInputError for a bad name, no writer, an unknown lock mode, retention below 2,192 days
    and missing tags.
    """

    def __init__(
        self, name: str, args: ActivityBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        policy = activity_policy(store_of(args, accounts=args["accounts"]), writers=args["writers"])
        super().__init__("billing-identity:aws:ActivityBucket", name, args, policy, opts)

    @staticmethod
    def check(name: str, args: ActivityBucketArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, ActivityBucketArgs)
        found = [
            *locked_bucket_faults(args),
            *(fault for account in args["accounts"] for fault in checks.account(account, "accounts")),
            *checks.role_patterns(args["writers"], "writers"),
        ]
        if not args["accounts"]:
            found.append("accounts: empty; name those whose logs arrive here")
        checks.require(f"bucket {name}", found)
