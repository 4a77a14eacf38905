"""AWS: buckets, their settings, policies and locks."""

from typing import Any

import pytest
from aws_kinds import BUCKET, BUCKET_POLICY, ROOT, allow, document
from sandbox_client import Refused

VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (BUCKET_POLICY, {"policy": document(allow({"Service": "x.amazonaws.com"}, "s3:*"))}),
        (VERSIONING, {"versioningConfiguration": {"status": "Enabled"}}),
        ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {}),
        (
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
            {"rule": {"objectOwnership": "BucketOwnerEnforced"}},
        ),
    ],
)
def test_a_bucket_s_settings_need_the_bucket(kind: str, more: Any, aws: Any, data_account: Any) -> None:
    with pytest.raises(Refused, match="NoSuchBucket: The specified bucket does not exist"):
        aws.create(kind, bucket="acme", **more)
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="AccessDenied"):
        data_account.create(kind, bucket="acme", **more)
    assert aws.create(kind, bucket="acme", **more)["id"] == "acme"


def test_a_second_bucket_policy_overwrites_the_first(aws: Any) -> None:
    aws.create(BUCKET, bucket="acme")
    first = aws.create(BUCKET_POLICY, bucket="acme", policy=document(allow({"AWS": ROOT}, "s3:GetObject")))
    second = aws.create(BUCKET_POLICY, bucket="acme", policy=document(allow({"AWS": ROOT}, "s3:PutObject")))
    outputs, _ = aws.read(BUCKET_POLICY, "acme", first, {"bucket": "acme", "policy": first["policy"]})
    assert outputs["policy"] == second["policy"]


def test_bucket_names_are_unique_in_the_world(aws: Any, data_account: Any) -> None:
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="BucketAlreadyOwnedByYou"):
        aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="BucketAlreadyExists"):
        data_account.create(BUCKET, bucket="acme")


def test_object_lock_and_versioning_depend_on_each_other(aws: Any) -> None:
    lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    rule = {"defaultRetention": {"mode": "GOVERNANCE", "days": 30}}
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="InvalidBucketState"):
        aws.create(lock, bucket="acme", rule=rule)
    versioning = aws.create(VERSIONING, bucket="acme", versioningConfiguration={"status": "Enabled"})
    aws.create(lock, bucket="acme", rule=rule)
    with pytest.raises(Refused, match="versioning state cannot be changed"):
        aws.update(VERSIONING, versioning, bucket="acme", versioningConfiguration={"status": "Suspended"})
    aws.create(BUCKET, bucket="other")
    with pytest.raises(Refused, match="Object Lock"):
        aws.create(
            "aws:s3/bucketLogging:BucketLogging", bucket="other", targetBucket="acme", targetPrefix="l/"
        )


def test_replication_needs_both_buckets_versioned(aws: Any) -> None:
    kind = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
    rules = [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::copy"}}]
    config = {"bucket": "acme", "role": "arn:aws:iam::111111111111:role/r", "rules": rules}
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="Versioning must be 'Enabled' on the bucket"):
        aws.create(kind, **config)
    aws.create(VERSIONING, bucket="acme", versioningConfiguration={"status": "Enabled"})
    with pytest.raises(Refused, match="Destination bucket must exist"):
        aws.create(kind, **config)
    aws.create(BUCKET, bucket="copy")
    with pytest.raises(Refused, match="Destination bucket must have versioning"):
        aws.create(kind, **config)
    aws.create(VERSIONING, bucket="copy", versioningConfiguration={"status": "Enabled"})
    aws.create(kind, **config)


def test_a_public_policy_is_blocked(aws: Any) -> None:
    aws.create(BUCKET, bucket="acme")
    aws.create(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", bucket="acme", blockPublicPolicy=True
    )
    with pytest.raises(Refused, match="BlockPublicPolicy"):
        aws.create(BUCKET_POLICY, bucket="acme", policy=document(allow("*", "s3:GetObject")))


def test_a_bucket_with_objects_stays(aws: Any) -> None:
    bucket = aws.create(BUCKET, bucket="acme")
    item = aws.create("aws:s3/bucketObjectv2:BucketObjectv2", bucket="acme", key="835.edi", content="x")
    with pytest.raises(Refused, match="BucketNotEmpty"):
        aws.delete(BUCKET, bucket)
    aws.delete("aws:s3/bucketObjectv2:BucketObjectv2", item)
    aws.delete(BUCKET, bucket)
