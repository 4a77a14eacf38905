"""What every store has, declared in one place: the children of the bucket components."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws.options import child


@dataclass(frozen=True)
class Lock:
    """Object lock: the retention that every object gets when it arrives."""

    mode: str
    """COMPLIANCE (nobody can shorten it, root included) or GOVERNANCE."""
    days: int


@dataclass(frozen=True)
class BucketSpec:
    """What differs between the stores."""

    bucket: str
    region: str
    policy: str
    tags: dict[str, str]
    key_arn: pulumi.Input[str] | None
    """None only for the target of access logs, which S3 encrypts with keys of its own (SSE-S3)."""
    lock: Lock | None
    lifecycle: Sequence[aws.s3.BucketLifecycleConfigurationRuleArgs]
    log_bucket: str | None
    """Takes the access logs; None only for that bucket itself."""
    events: bool
    """Whether object events go to EventBridge."""


@dataclass(frozen=True)
class HardenedBucket:
    """The declared children."""

    bucket: aws.s3.Bucket
    versioning: aws.s3.BucketVersioning
    policy: aws.s3.BucketPolicy
    hardening: tuple[pulumi.Resource, ...]
    """Everything that must be there before data is written."""

    @property
    def name(self) -> pulumi.Output[str]:
        """The bucket's name; who uses it waits for the bucket's policy as well."""
        return self.policy.bucket


def declare(parent: pulumi.ComponentResource, name: str, spec: BucketSpec) -> HardenedBucket:
    """Bucket, ownership, public-access block, versioning, encryption, lock, policy, lifecycle, logging,
    events.

    Everything waits for the bucket. S3 refuses some of these at the same
    time (OperationAborted), so they wait for each other where it matters.
    """
    bucket = aws.s3.Bucket(
        name,
        bucket=spec.bucket,
        region=spec.region,
        object_lock_enabled=spec.lock is not None,
        force_destroy=False,
        tags=spec.tags,
        opts=child(parent, keep=True),
    )
    block = aws.s3.BucketPublicAccessBlock(
        name,
        bucket=bucket.bucket,
        region=spec.region,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=child(parent, keep=True),
    )
    ownership = aws.s3.BucketOwnershipControls(
        name,
        bucket=bucket.bucket,
        region=spec.region,
        rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
        opts=child(parent, after=[block], keep=True),
    )
    versioning = aws.s3.BucketVersioning(
        name,
        bucket=bucket.bucket,
        region=spec.region,
        versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
        opts=child(parent, keep=True),
    )
    encryption = aws.s3.BucketServerSideEncryptionConfiguration(
        name,
        bucket=bucket.bucket,
        region=spec.region,
        rules=[_encryption(spec.key_arn)],
        opts=child(parent, keep=True),
    )
    policy = aws.s3.BucketPolicy(
        name,
        bucket=bucket.bucket,
        region=spec.region,
        policy=spec.policy,
        opts=child(parent, after=[block, ownership], keep=True),
    )
    hardening: list[pulumi.Resource] = [block, ownership, versioning, encryption, policy]
    if spec.lock is not None:
        hardening.append(
            aws.s3.BucketObjectLockConfiguration(
                name,
                bucket=bucket.bucket,
                region=spec.region,
                object_lock_enabled="Enabled",
                rule=aws.s3.BucketObjectLockConfigurationRuleArgs(
                    default_retention=aws.s3.BucketObjectLockConfigurationRuleDefaultRetentionArgs(
                        mode=spec.lock.mode, days=spec.lock.days
                    )
                ),
                opts=child(parent, after=[versioning], keep=True),
            )
        )
    aws.s3.BucketLifecycleConfiguration(
        name,
        bucket=bucket.bucket,
        region=spec.region,
        rules=list(spec.lifecycle),
        opts=child(parent, after=[versioning], keep=True),
    )
    if spec.log_bucket is not None:
        aws.s3.BucketLogging(
            name,
            bucket=bucket.bucket,
            region=spec.region,
            target_bucket=spec.log_bucket,
            target_prefix=f"{spec.bucket}/",
            target_object_key_format=aws.s3.BucketLoggingTargetObjectKeyFormatArgs(
                partitioned_prefix=aws.s3.BucketLoggingTargetObjectKeyFormatPartitionedPrefixArgs(
                    partition_date_source="EventTime"
                )
            ),
            opts=child(parent, after=[policy], keep=True),
        )
    if spec.events:
        aws.s3.BucketNotification(
            name,
            bucket=bucket.bucket,
            region=spec.region,
            eventbridge=True,
            opts=child(parent, after=[policy], keep=True),
        )
    return HardenedBucket(bucket, versioning, policy, tuple(hardening))


def abort_uploads() -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Rule that removes what an interrupted upload left behind, after a week."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="abort-incomplete-uploads",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=7
        ),
    )


def expire_versions(days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Rule that removes versions which were replaced or deleted `days` ago. Current versions stay for
    ever."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire-old-versions",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=days
        ),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(expired_object_delete_marker=True),
    )


def expire_logs(days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Rule that hides logs after `days` and keeps every version `days` longer, so that none goes early."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire-logs",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=days
        ),
    )


def _encryption(
    key_arn: pulumi.Input[str] | None,
) -> aws.s3.BucketServerSideEncryptionConfigurationRuleArgs:
    default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
    return aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
        apply_server_side_encryption_by_default=default(sse_algorithm="AES256")
        if key_arn is None
        else default(sse_algorithm="aws:kms", kms_master_key_id=key_arn),
        bucket_key_enabled=key_arn is not None,
        blocked_encryption_types=["SSE-C"],
    )
