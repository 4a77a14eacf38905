"""The locked bucket of issued documents: policies, plans and their register, each version kept."""

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.locked_bucket import (
    LockedBucket,
    LockedBucketArgs,
    locked_bucket_faults,
)
from billing_identity.components.aws.policies.documents_policy import documents_policy
from billing_identity.components.aws.store_args import store_of


class DocumentsBucketArgs(LockedBucketArgs):
    """Arguments of DocumentsBucket."""

    issuers: list[str]
    """Role ARNs that add documents and extend their locks."""


class DocumentsBucket(LockedBucket):
    """Locked store in which a document is written once, by a named role, and nothing expires by itself.

    Six years count from the day on which a version was last in effect, which nobody knows when it is issued.
    So the lock is extended while a version is in effect, and a last time when the next one replaces it.

    Raises ComponentInputError for a bad name, no issuer, an unknown lock mode, retention below 2,192 days
    and missing tags.
    """

    def __init__(
        self, name: str, args: DocumentsBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        policy = documents_policy(store_of(args), issuers=args["issuers"])
        super().__init__("billing-identity:aws:DocumentsBucket", name, args, policy, opts, expires=False)

    @staticmethod
    def check(name: str, args: DocumentsBucketArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, DocumentsBucketArgs)
        checks.require(
            f"bucket {name}",
            [*locked_bucket_faults(args), *checks.role_patterns(args["issuers"], "issuers")],
        )
