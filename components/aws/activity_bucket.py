"""The locked bucket of activity logs: identity events, network logs, exports of systems and endpoints."""

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
from billing_identity.components.aws.policies.activity_policy import activity_policy


class ActivityBucketArgs(TypedDict):
    """Arguments of ActivityBucket."""

    bucket: str
    region: str
    account_id: str
    keys_account_id: str
    key_arn: pulumi.Input[str]
    """Key whose policy already allows log delivery and the writers."""
    log_bucket: str
    """Takes the bucket's own access logs; same account and Region."""
    accounts: list[str]
    """Accounts whose network logs arrive here."""
    writers: list[str]
    """Role ARNs that may write: the delivery of events, the collectors."""
    deployers: list[str]
    organization_id: NotRequired[str]
    lock_mode: str
    """COMPLIANCE, or GOVERNANCE where a test environment must be torn down."""
    retention_days: int
    """2,192 at least; the lock lasts as long."""
    tags: dict[str, str]


class ActivityBucket(pulumi.ComponentResource):
    """Locked, encrypted store that log delivery and named roles write to, and that nobody can thin out.

    Raises ComponentInputError for a bad name, no writer, an unknown lock mode, retention below 2,192 days
    and missing tags.
    """

    bucket_name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: ActivityBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        days = args["retention_days"]
        policy = activity_policy(
            args["bucket"],
            region=args["region"],
            keys_account=args["keys_account_id"],
            deployers=args["deployers"],
            organization_id=args.get("organization_id"),
            accounts=args["accounts"],
            writers=args["writers"],
        )
        super().__init__("billing-identity:aws:ActivityBucket", name, {}, protected(opts))
        self.store = declare(
            self,
            name,
            BucketSpec(
                bucket=args["bucket"],
                region=args["region"],
                policy=policy,
                tags=args["tags"],
                key_arn=args["key_arn"],
                lock=Lock(args["lock_mode"], days),
                lifecycle=[abort_uploads(), expire_logs(days)],
                log_bucket=args["log_bucket"],
                events=True,
            ),
        )
        self.bucket_name = self.store.name
        self.arn = self.store.bucket.arn
        self.register_outputs(
            {"bucket_name": self.bucket_name, "arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]}
        )

    @staticmethod
    def check(name: str, args: ActivityBucketArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        days = args["retention_days"]
        found = [
            *checks.bucket_name(args["bucket"]),
            *checks.bucket_name(args["log_bucket"]),
            *checks.region(args["region"]),
            *checks.account(args["account_id"]),
            *checks.account(args["keys_account_id"], "keys_account_id"),
            *(fault for account in args["accounts"] for fault in checks.account(account, "accounts")),
            *checks.role_patterns(args["deployers"], "deployers"),
            *checks.role_patterns(args["writers"], "writers"),
            *checks.tags(args["tags"]),
        ]
        if not args["accounts"]:
            found.append("accounts: empty; name those whose logs arrive here")
        if args["lock_mode"] not in ("COMPLIANCE", "GOVERNANCE"):
            found.append(f"lock_mode {args['lock_mode']!r}: write COMPLIANCE or GOVERNANCE")
        if days < checks.SIX_YEARS:
            found.append(f"retention_days {days}: write {checks.SIX_YEARS} or more")
        checks.require(f"bucket {name}", found)
