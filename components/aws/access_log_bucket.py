"""The bucket that takes S3 server access logs of the stores in its account and Region."""

from typing import NotRequired, TypedDict

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.hardened_bucket import BucketSpec, abort_uploads, declare, expire_logs
from billing_identity.components.aws.options import protected
from billing_identity.components.aws.policies.bucket_policy import access_log_policy
from billing_identity.components.aws.policies.refusals import Store


class AccessLogBucketArgs(TypedDict):
    """Arguments of AccessLogBucket."""

    bucket: str
    region: str
    account_id: str
    sources: list[str]
    """Names of the buckets whose access is logged here (same account and Region), or prefixes ending in
    `*`."""
    deployers: list[str]
    organization_id: NotRequired[str]
    retention_days: int
    """2,192 at least."""
    tags: dict[str, str]


class AccessLogBucket(pulumi.ComponentResource):
    """Target of access logs: keys of S3 itself and no object lock, since log delivery accepts nothing else.

    What stands in for the lock: versions, a denial of every deletion, and six years of life.
    Raises ComponentInputError for a bad name, no source, retention below 2,192 days and missing tags.
    """

    bucket_name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: AccessLogBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        store = Store(
            bucket=args["bucket"],
            region=args["region"],
            keys_account=None,
            deployers=args["deployers"],
            organization_id=args.get("organization_id"),
            accounts=[args["account_id"]],
        )
        policy = access_log_policy(store, account=args["account_id"], sources=args["sources"])

        super().__init__("billing-identity:aws:AccessLogBucket", name, {}, protected(opts))
        self.store = declare(
            self,
            name,
            BucketSpec(
                bucket=args["bucket"],
                region=args["region"],
                policy=policy,
                tags=args["tags"],
                key_arn=None,
                lock=None,
                lifecycle=[abort_uploads(), expire_logs(args["retention_days"])],
                log_bucket=None,
                events=False,
            ),
        )
        self.bucket_name = self.store.name
        self.arn = self.store.bucket.arn
        self.register_outputs(
            {
                "bucket_name": self.bucket_name,
                "arn": self.arn,
                "catalogue_id": args["tags"]["CatalogueId"],
            }
        )

    @staticmethod
    def check(name: str, args: AccessLogBucketArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, AccessLogBucketArgs)
        found = [
            *checks.bucket_name(args["bucket"]),
            *checks.region(args["region"]),
            *checks.account(args["account_id"]),
            *checks.role_patterns(args["deployers"], "deployers"),
            *checks.tags(args["tags"]),
            *(fault for source in args["sources"] for fault in checks.bucket_name(source.rstrip("*-"))),
        ]
        if not args["sources"]:
            found.append("sources: empty; name the buckets whose access is logged")
        if args["retention_days"] < checks.SIX_YEARS:
            found.append(f"retention_days {args['retention_days']}: write {checks.SIX_YEARS} or more")
        checks.require(f"bucket {name}", found)
