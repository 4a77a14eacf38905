"""What the AWS components register when a program of them runs offline."""

from __future__ import annotations

import copy
import json
from typing import Any

import pulumi
import pytest
from aws_samples import ALARM, ALL, BUCKET, KEY, KEY_ARN, ROLE, everything, inputs, preview

from billing_identity.components.aws.customer_managed_key import CustomerManagedKey
from billing_identity.components.aws.ephi_bucket import EphiBucket
from billing_identity.review.preview.record import Registration
from billing_identity.review.preview.run import run_callable


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, str], Registration]:
    return {(item.type, item.name): item for item in preview(everything).registrations}


def test_key_rotates_and_has_a_replica_with_a_policy_of_its_own(known: Any) -> None:
    key = inputs(known, "aws:kms/key:Key", "key")
    assert key["enableKeyRotation"] is True
    assert key["rotationPeriodInDays"] == 365
    assert key["deletionWindowInDays"] == 30
    assert key["multiRegion"] is True
    assert key["bypassPolicyLockoutSafetyCheck"] is False
    assert "arn:aws:s3:::acme-ephi/*" in key["policy"]
    replica = inputs(known, "aws:kms/replicaKey:ReplicaKey", "key-replica")
    assert replica["region"] == "us-west-2"
    assert "s3.us-west-2.amazonaws.com" in replica["policy"]
    assert "arn:aws:s3:::acme-ephi-replica/*" in replica["policy"]
    assert "arn:aws:s3:::acme-ephi/*" not in replica["policy"]
    assert inputs(known, "aws:kms/alias:Alias", "key")["name"] == "alias/ephi"
    assert inputs(known, "aws:kms/alias:Alias", "key-replica")["region"] == "us-west-2"


def test_a_key_in_a_store_of_its_own_is_neither_rotated_nor_replicated() -> None:
    args: Any = copy.deepcopy(KEY)
    del args["replica_region"]
    args["custom_key_store_id"] = "cks-0123456789abcdef0"

    def program() -> None:
        CustomerManagedKey("hsm", args)

    found = run_callable(program)
    assert not found.errors
    key = next(item.inputs for item in found.registrations if item.type == "aws:kms/key:Key")
    assert key["customKeyStoreId"] == "cks-0123456789abcdef0"
    assert (key["enableKeyRotation"], key["multiRegion"]) == (False, False)
    assert "rotationPeriodInDays" not in key


@pytest.mark.parametrize("name", ["store", "store-replica", "archive", "access"])
def test_every_store_is_closed_versioned_and_encrypted(known: Any, name: str) -> None:
    block = inputs(known, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name)
    assert [block[flag] for flag in ("blockPublicAcls", "blockPublicPolicy")] == [True, True]
    assert [block[flag] for flag in ("ignorePublicAcls", "restrictPublicBuckets")] == [True, True]
    ownership = inputs(known, "aws:s3/bucketOwnershipControls:BucketOwnershipControls", name)
    assert ownership["rule"]["objectOwnership"] == "BucketOwnerEnforced"
    versions = inputs(known, "aws:s3/bucketVersioning:BucketVersioning", name)
    assert versions["versioningConfiguration"]["status"] == "Enabled"
    encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    rule = inputs(known, encryption, name)["rules"][0]
    default = rule["applyServerSideEncryptionByDefault"]
    assert rule["blockedEncryptionTypes"] == ["SSE-C"]
    if name == "access":
        assert default["sseAlgorithm"] == "AES256"
    else:
        region = "us-west-2" if name == "store-replica" else "us-east-1"
        assert default == {
            "sseAlgorithm": "aws:kms",
            "kmsMasterKeyId": KEY_ARN.replace("us-east-1", region),
        }
        assert rule["bucketKeyEnabled"] is True
    assert inputs(known, "aws:s3/bucket:Bucket", name)["forceDestroy"] is False
    sids = json.dumps(json.loads(inputs(known, "aws:s3/bucketPolicy:BucketPolicy", name)["policy"]))
    assert "NothingBelowTls12" in sids
    assert "NothingWithoutTls" in sids


@pytest.mark.parametrize(
    ("name", "mode", "days"),
    [("store", "GOVERNANCE", 90), ("store-replica", "GOVERNANCE", 90), ("archive", "COMPLIANCE", 2192)],
)
def test_stores_lock_what_arrives(known: Any, name: str, mode: str, days: int) -> None:
    lock = inputs(known, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", name)
    assert lock["rule"]["defaultRetention"] == {"mode": mode, "days": days}
    assert inputs(known, "aws:s3/bucket:Bucket", name)["objectLockEnabled"] is True


def test_the_target_of_access_logs_has_no_object_lock(known: Any) -> None:
    """S3 delivers no access logs into a bucket with object lock or KMS keys."""
    assert inputs(known, "aws:s3/bucket:Bucket", "access")["objectLockEnabled"] is False
    assert ("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "access") not in known
    assert ("aws:s3/bucketLogging:BucketLogging", "access") not in known


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("store", "acme-access-logs"),
        ("store-replica", "acme-access-logs-replica"),
        ("archive", "acme-access-logs"),
    ],
)
def test_access_is_logged(known: Any, name: str, target: str) -> None:
    assert inputs(known, "aws:s3/bucketLogging:BucketLogging", name)["targetBucket"] == target
    assert inputs(known, "aws:s3/bucketNotification:BucketNotification", name)["eventbridge"] is True


def test_nothing_expires_before_its_retention(known: Any) -> None:
    lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    for name, days in (("archive", 2192), ("access", 2192)):
        rule = next(r for r in inputs(known, lifecycle, name)["rules"] if r["id"] == "expire-logs")
        assert rule["expiration"]["days"] == days
        assert rule["noncurrentVersionExpiration"]["noncurrentDays"] == days
    rules = inputs(known, lifecycle, "store")["rules"]
    assert not any("days" in rule.get("expiration", {}) for rule in rules)
    assert rules[1]["noncurrentVersionExpiration"]["noncurrentDays"] == 90


def test_the_policy_waits_for_the_public_access_block(known: Any) -> None:
    policy = known[("aws:s3/bucketPolicy:BucketPolicy", "store")]
    block = known[("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "store")]
    assert block.urn in policy.dependencies


def test_replication_waits_for_both_stores_and_keeps_deletions_here(known: Any) -> None:
    copying = known[("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "store")]
    rule = copying.inputs["rules"][0]
    assert rule["destination"]["bucket"] == "arn:aws:s3:::acme-ephi-replica"
    assert rule["destination"]["encryptionConfiguration"]["replicaKmsKeyId"].startswith(
        "arn:aws:kms:us-west-2"
    )
    assert rule["deleteMarkerReplication"]["status"] == "Disabled"
    assert rule["sourceSelectionCriteria"]["sseKmsEncryptedObjects"]["status"] == "Enabled"
    for name in ("store", "store-replica"):
        assert known[("aws:s3/bucketVersioning:BucketVersioning", name)].urn in copying.dependencies


def test_the_trail_misses_nothing(known: Any) -> None:
    trail = inputs(known, "aws:cloudtrail/trail:Trail", "trail")
    for flag in (
        *("isMultiRegionTrail", "includeGlobalServiceEvents", "enableLogFileValidation"),
        "enableLogging",
    ):
        assert trail[flag] is True
    assert trail["kmsKeyId"] == KEY_ARN
    assert trail["cloudWatchLogsGroupArn"].endswith(":log-group:/acme/trail:*")
    fields = [selector["fieldSelectors"] for selector in trail["advancedEventSelectors"]]
    assert fields[0] == [{"field": "eventCategory", "equals": ["Management"]}]
    assert {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::acme-ephi-"]} in fields[1]
    assert {item["insightType"] for item in trail["insightSelectors"]} == {
        "ApiCallRateInsight",
        "ApiErrorRateInsight",
    }


def test_log_group_is_kept_six_years_under_its_key(known: Any) -> None:
    group = inputs(known, "aws:cloudwatch/logGroup:LogGroup", "group")
    assert (group["retentionInDays"], group["kmsKeyId"], group["skipDestroy"]) == (2192, KEY_ARN, True)


def test_a_service_role_holds_one_policy_and_nothing_by_hand(known: Any) -> None:
    role = inputs(known, "aws:iam/role:Role", "role")
    assert role["permissionsBoundary"] == ROLE["boundary_arn"]
    exclusive = inputs(known, "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", "role")
    assert exclusive["policyNames"] == ["duty"]
    attached = inputs(known, "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "role")
    assert attached["policyArns"] == []


def test_guards_hold_in_every_region(known: Any) -> None:
    for region in ("us-east-1", "us-west-2"):
        name = f"guards-{region}"
        assert inputs(known, "aws:ebs/encryptionByDefault:EncryptionByDefault", name)["enabled"] is True
        block = inputs(known, "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", name)
        assert block["state"] == "block-all-sharing"
        metadata = inputs(known, "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", name)
        assert (metadata["httpTokens"], metadata["region"]) == ("required", region)
        assert inputs(known, "aws:accessanalyzer/analyzer:Analyzer", name)["type"] == "ACCOUNT"


def test_alarms_use_the_declared_key(known: Any) -> None:
    topic = inputs(known, "aws:sns/topic:Topic", "topic")
    assert (topic["kmsMasterKeyId"], topic["signatureVersion"]) == (KEY_ARN, 2)


def test_an_alarm_watches_the_metric_that_its_filter_writes(known: Any) -> None:
    counted = inputs(known, "aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarm")
    alarm = inputs(known, "aws:cloudwatch/metricAlarm:MetricAlarm", "alarm")
    assert counted["metricTransformation"]["name"] == alarm["metricName"]
    assert counted["metricTransformation"]["namespace"] == alarm["namespace"]
    assert (alarm["threshold"], alarm["period"]) == (2, 300)
    assert alarm["alarmActions"] == [ALARM["topic_arn"]]


def test_every_child_hangs_on_its_component_and_is_protected(known: Any) -> None:
    components = {item.urn: item for item in known.values() if item.type.startswith("billing-identity:")}
    assert {item.name for item in components.values()} == set(ALL)
    for item in known.values():
        if item.type.startswith("aws:"):
            assert item.parent in components, item.urn
            assert item.options.protect is True, item.urn
            assert item.name.startswith(components[item.parent].name), item.urn


def test_what_keeps_data_is_never_kept_without_its_hardening(known: Any) -> None:
    for item in known.values():
        if item.type.startswith(("aws:s3/", "aws:kms/")):
            assert item.options.retain_on_delete is True, item.urn


def test_components_put_the_catalogue_id_among_their_outputs(known: Any) -> None:
    for item in known.values():
        if item.type.startswith("billing-identity:"):
            assert item.outputs["catalogue_id"] == "system:aws", item.urn


def test_protection_goes_only_when_the_caller_says_so() -> None:
    def program() -> None:
        args: Any = copy.deepcopy(BUCKET)
        EphiBucket("leaving", args, pulumi.ResourceOptions(protect=False))

    found = run_callable(program)
    buckets = [item for item in found.registrations if item.type == "aws:s3/bucket:Bucket"]
    assert [item.options.protect for item in buckets] == [False, False]


DOCUMENTS = ("policy", "assumeRolePolicy")


@pytest.mark.parametrize("unknown", [False, True])
def test_no_document_depends_on_anything(unknown: bool) -> None:
    found = preview(everything, unknown=unknown)
    seen = 0
    for item in found.registrations:
        for name in DOCUMENTS:
            if item.type.startswith("aws:") and name in item.inputs:
                seen += 1
                assert isinstance(item.inputs[name], str)
                json.loads(item.inputs[name])
                assert not item.property_dependencies.get(name), f"{item.urn} {name}"
    assert seen == 10
