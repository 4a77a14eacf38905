"""An encrypted, versioned, locked, TLS-only store for ePHI, replicated to another Region where wanted."""

from collections.abc import Iterator
from typing import NotRequired, Optional, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.hardened_bucket import (
    BucketSpec,
    HardenedBucket,
    Lock,
    abort_uploads,
    declare,
    expire_versions,
)
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.bucket_policy import store_policy
from billing_identity.components.aws.store_args import store_faults, store_of


class EphiBucketReplicaArgs(TypedDict):
    """The copy in another Region."""

    bucket: str
    region: str
    key_arn: pulumi.Input[str]
    """ARN of a key in that Region."""
    log_bucket: str
    """Bucket in that Region and account that takes its access logs."""
    role_arn: pulumi.Input[str]
    """Role with which S3 copies."""


class QuarantineArgs(TypedDict):
    """For a store that takes files from outside: nothing is read before it was scanned and found clean."""

    scanner_role_arn: str
    """Role of the scanner, which alone tags objects."""
    reviewers: list[str]
    """Role ARNs or patterns of those who may read what was not found clean; empty for nobody."""


class EphiBucketArgs(TypedDict):
    """Arguments of EphiBucket: those of `StoreArgs`, told here since a package's schema shows no others, and
    its own.
    """

    bucket: str
    region: str
    account_id: str
    """Account of the store."""
    keys_account_id: str
    """Account of its key; keys of any other account are refused."""
    key_arn: pulumi.Input[str]
    log_bucket: str
    """Bucket in the same Region and account that takes the access logs."""
    deployers: list[str]
    """ARNs of the roles that may change the store's protection."""
    organization_id: NotRequired[str]
    lock_mode: str
    """COMPLIANCE, or GOVERNANCE where a test environment must be torn down."""
    lock_days: int
    """Days for which no version of an object can be deleted."""
    version_days: NotRequired[int]
    """Days for which replaced and deleted versions are kept; `lock_days` by default and at least."""
    notifiers: NotRequired[list[str]]
    """ARNs of service roles that may switch the bucket's events on (AWS Backup, GuardDuty)."""
    quarantine: NotRequired[QuarantineArgs]
    """For a store whose objects are unreadable until they were scanned."""
    replica: NotRequired[EphiBucketReplicaArgs]
    """Its copy in another Region."""
    tags: dict[str, str]


class EphiBucket(pulumi.ComponentResource):
    """A store that refuses plain HTTP, TLS below 1.2, foreign keys, the public, outsiders and early deletion.

    Raises ComponentInputError, before anything is registered, for a name that S3 refuses, an unknown lock
    mode, a retention shorter than the lock, a replica in the store's own Region or under its name, and
    missing tags.
    """

    bucket_name: pulumi.Output[str]
    arn: pulumi.Output[str]
    replica_arn: pulumi.Output[Optional[str]]  # noqa: UP045 - schema inference reads it

    def __init__(self, name: str, args: EphiBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        replica = args.get("replica")
        policy = _policy(args, args["bucket"], args["region"])
        replica_policy = None if replica is None else _policy(args, replica["bucket"], replica["region"])

        super().__init__("billing-identity:aws:EphiBucket", name, {}, protected(opts))
        self.store = declare(
            self,
            name,
            _spec(args, args["bucket"], args["region"], policy, args["key_arn"], args["log_bucket"]),
        )
        """The declared children, for what must wait for them."""
        replica_arn: pulumi.Output[str | None] = pulumi.Output.from_input(None)
        if replica is not None and replica_policy is not None:
            copy = declare(
                self,
                f"{name}-replica",
                _spec(
                    args,
                    replica["bucket"],
                    replica["region"],
                    replica_policy,
                    replica["key_arn"],
                    replica["log_bucket"],
                ),
            )
            _replicate(self, name, args, replica, self.store, copy)
            replica_arn = copy.bucket.arn.apply(lambda arn: arn)
        self.bucket_name = self.store.name
        self.arn = self.store.bucket.arn
        self.replica_arn = replica_arn
        self.register_outputs(
            {
                "bucket_name": self.bucket_name,
                "arn": self.arn,
                "replica_arn": self.replica_arn,
                "catalogue_id": args["tags"]["CatalogueId"],
            }
        )

    @staticmethod
    def check(name: str, args: EphiBucketArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EphiBucketArgs)
        checks.require(f"bucket {name}", _faults(args))


def _faults(args: EphiBucketArgs) -> Iterator[str]:
    yield from store_faults(args)
    if not 1 <= args["lock_days"] <= 36500:
        yield f"lock_days {args['lock_days']}: write 1 to 36500"
    kept = args.get("version_days", args["lock_days"])
    if kept < args["lock_days"]:
        yield f"version_days {kept}: at least lock_days ({args['lock_days']})"
    yield from checks.role_patterns(args.get("notifiers", []), "notifiers", empty=True)
    quarantine = args.get("quarantine")
    if quarantine is not None:
        yield from checks.role_patterns([quarantine["scanner_role_arn"]], "quarantine: scanner_role_arn")
        yield from checks.role_patterns(quarantine["reviewers"], "quarantine: reviewers", empty=True)
    replica = args.get("replica")
    if replica is not None:
        yield from checks.bucket_name(replica["bucket"])
        yield from checks.bucket_name(replica["log_bucket"])
        yield from checks.region(replica["region"], "replica region")
        yield from checks.key_arn(
            replica["key_arn"], replica["region"], args["keys_account_id"], "replica key_arn"
        )
        if replica["region"] == args["region"]:
            yield f"replica region {replica['region']!r} is the store's own; write another"
        if replica["bucket"] == args["bucket"]:
            yield f"replica bucket {replica['bucket']!r} is the store itself; write another name"


def _policy(args: EphiBucketArgs, bucket: str, region: str) -> str:
    quarantine = args.get("quarantine")
    return store_policy(
        store_of(args, bucket=bucket, region=region),
        notifiers=args.get("notifiers", []),
        scanner=None if quarantine is None else quarantine["scanner_role_arn"],
        reviewers=[] if quarantine is None else quarantine["reviewers"],
    )


def _spec(
    args: EphiBucketArgs,
    bucket: str,
    region: str,
    policy: str,
    key_arn: pulumi.Input[str],
    log_bucket: str,
) -> BucketSpec:
    return BucketSpec(
        bucket=bucket,
        region=region,
        policy=policy,
        tags=args["tags"],
        key_arn=key_arn,
        lock=Lock(args["lock_mode"], args["lock_days"]),
        lifecycle=[abort_uploads(), expire_versions(args.get("version_days", args["lock_days"]))],
        log_bucket=log_bucket,
        events=True,
    )


def _replicate(
    parent: pulumi.ComponentResource,
    name: str,
    args: EphiBucketArgs,
    replica: EphiBucketReplicaArgs,
    store: HardenedBucket,
    copy: HardenedBucket,
) -> None:
    rule = aws.s3.BucketReplicationConfigRuleArgs(
        id="to-the-other-region",
        status="Enabled",
        priority=1,
        filter=aws.s3.BucketReplicationConfigRuleFilterArgs(prefix=""),
        # A deletion here is not a deletion there: the copy is also the way back.
        delete_marker_replication=aws.s3.BucketReplicationConfigRuleDeleteMarkerReplicationArgs(
            status="Disabled"
        ),
        source_selection_criteria=aws.s3.BucketReplicationConfigRuleSourceSelectionCriteriaArgs(
            sse_kms_encrypted_objects=aws.s3.BucketReplicationConfigRuleSourceSelectionCriteriaSseKmsEncryptedObjectsArgs(
                status="Enabled"
            )
        ),
        destination=aws.s3.BucketReplicationConfigRuleDestinationArgs(
            bucket=arns.bucket(replica["bucket"], arns.partition(replica["region"])),
            encryption_configuration=aws.s3.BucketReplicationConfigRuleDestinationEncryptionConfigurationArgs(
                replica_kms_key_id=replica["key_arn"]
            ),
            metrics=aws.s3.BucketReplicationConfigRuleDestinationMetricsArgs(
                status="Enabled",
                event_threshold=aws.s3.BucketReplicationConfigRuleDestinationMetricsEventThresholdArgs(
                    minutes=15
                ),
            ),
            replication_time=aws.s3.BucketReplicationConfigRuleDestinationReplicationTimeArgs(
                status="Enabled",
                time=aws.s3.BucketReplicationConfigRuleDestinationReplicationTimeTimeArgs(minutes=15),
            ),
        ),
    )
    aws.s3.BucketReplicationConfig(
        name,
        bucket=store.bucket.bucket,
        region=args["region"],
        role=replica["role_arn"],
        rules=[rule],
        opts=child(parent, after=[*store.hardening, *copy.hardening], keep=True),
    )
