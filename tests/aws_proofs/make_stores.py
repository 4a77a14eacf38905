"""Buckets with their parts, and keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from making import Inputs, Maker, Making, tags_of


def _bucket(make: Maker, inputs: Inputs) -> None:
    assert inputs.pop("forceDestroy", False) is False
    request: Inputs = {"bucket": inputs["bucket"], "objectLockEnabledForBucket": inputs["objectLockEnabled"]}
    if make.region != "us-east-1":
        request["createBucketConfiguration"] = {"locationConstraint": make.region}
    make.call("s3", "create_bucket", request)
    make.call(
        "s3", "put_bucket_tagging", {"bucket": inputs["bucket"], "tagging": {"tagSet": tags_of(inputs)}}
    )


def _sub(operation: str, member: str, wrap: Callable[[Inputs], Any] | None = None) -> Callable[..., None]:
    """A part of a bucket: everything but the bucket's name goes below one member."""

    def make_it(make: Maker, inputs: Inputs) -> None:
        bucket = inputs.pop("bucket")
        make.call("s3", operation, {"bucket": bucket, member: wrap(inputs) if wrap else inputs})

    return make_it


def _versioning(inputs: Inputs) -> Inputs:
    return inputs["versioningConfiguration"]


def _access_logs(make: Maker, inputs: Inputs) -> None:
    """The emulator looks if the target's policy lets S3 write, stumbles over `Principal: "*"`, and doesn't
    know lists of one: for the time of the call it is shown the policy without denials and such lists."""
    bucket = inputs.pop("bucket")
    client = make.emulator.client("s3", make.account, make.region)
    target = inputs["targetBucket"]
    whole = client.get_bucket_policy(Bucket=target)["Policy"]
    content = json.loads(whole)
    content["Statement"] = [
        {**item, "Principal": {"Service": item["Principal"]["Service"][0]}, "Resource": item["Resource"][0]}
        for item in content["Statement"]
        if item["Effect"] == "Allow"
    ]
    client.put_bucket_policy(Bucket=target, Policy=json.dumps(content))
    request = {"bucket": bucket, "bucketLoggingStatus": {"loggingEnabled": inputs}}
    make.call("s3", "put_bucket_logging", request)
    client.put_bucket_policy(Bucket=target, Policy=whole)


def _notices(inputs: Inputs) -> Inputs:
    assert inputs == {"eventbridge": True}
    return {"eventBridgeConfiguration": {}}


def _bucket_policy(make: Maker, inputs: Inputs) -> None:
    make.call("s3", "put_bucket_policy", inputs)


def _account_block(make: Maker, inputs: Inputs) -> None:
    account = inputs.pop("accountId")
    make.call(
        "s3control",
        "put_public_access_block",
        {"accountId": account, "publicAccessBlockConfiguration": inputs},
    )


def _key(make: Maker, inputs: Inputs) -> None:
    days, window = inputs.pop("rotationPeriodInDays"), inputs.pop("deletionWindowInDays")
    assert inputs.pop("enableKeyRotation")
    assert inputs.pop("isEnabled")
    assert 7 <= window <= 30
    spec = inputs.pop("customerMasterKeySpec")
    tags = tags_of(inputs, "TagKey", "TagValue")
    made = make.call(
        "kms",
        "create_key",
        {**inputs, "keySpec": spec, "tags": tags},
        {"bypassPolicyLockoutSafetyCheck": "BypassPolicyLockoutSafetyCheck"},
    )["KeyMetadata"]
    make.replaces(made["KeyId"])
    make.call("kms", "enable_key_rotation", {"keyId": made["KeyId"], "rotationPeriodInDays": days})


def _replica(make: Maker, inputs: Inputs) -> None:
    primary = inputs.pop("primaryKeyArn")
    assert inputs.pop("enabled")
    inputs.pop("deletionWindowInDays")
    tags = tags_of(inputs, "TagKey", "TagValue")
    request = {**inputs, "keyId": primary.split("/")[1], "replicaRegion": make.region, "tags": tags}
    make.call("kms", "replicate_key", request, region=primary.split(":")[3])


def _alias(make: Maker, inputs: Inputs) -> None:
    make.call("kms", "create_alias", {"aliasName": inputs["name"], "targetKeyId": inputs["targetKeyId"]})


def _one(service: str, operation: str, expected: Inputs) -> Callable[..., None]:
    """A setting of an account and Region: one call, whose inputs are known."""

    def make_it(make: Maker, inputs: Inputs) -> None:
        left = {key: value for key, value in inputs.items() if expected.get(key, object()) != value}
        make.call(service, operation, left)

    return make_it


MAKE: Making = {
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _sub(
        "put_public_access_block", "publicAccessBlockConfiguration"
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _sub(
        "put_bucket_encryption", "serverSideEncryptionConfiguration"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": _sub(
        "put_bucket_versioning", "versioningConfiguration", _versioning
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _sub(
        "put_bucket_lifecycle_configuration", "lifecycleConfiguration"
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _sub(
        "put_bucket_ownership_controls", "ownershipControls"
    ),
    "aws:s3/bucketPolicy:BucketPolicy": _bucket_policy,
    "aws:s3/bucketLogging:BucketLogging": _access_logs,
    "aws:s3/bucketNotification:BucketNotification": _sub(
        "put_bucket_notification_configuration", "notificationConfiguration", _notices
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": _sub(
        "put_object_lock_configuration", "objectLockConfiguration"
    ),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": _sub(
        "put_bucket_replication", "replicationConfiguration"
    ),
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": _account_block,
    "aws:kms/key:Key": _key,
    "aws:kms/replicaKey:ReplicaKey": _replica,
    "aws:kms/alias:Alias": _alias,
    "aws:ebs/encryptionByDefault:EncryptionByDefault": _one(
        "ec2", "enable_ebs_encryption_by_default", {"enabled": True}
    ),
    "aws:ebs/defaultKmsKey:DefaultKmsKey": lambda make, inputs: make.call(
        "ec2", "modify_ebs_default_kms_key_id", {"KmsKeyId": inputs["keyArn"]}
    ),
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": _one(
        "ec2", "enable_snapshot_block_public_access", {}
    ),
}
