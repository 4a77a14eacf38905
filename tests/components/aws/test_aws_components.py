"""What the AWS components register when a program of them runs offline, and what they refuse."""

from __future__ import annotations

import copy
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from billing_identity.components.aws.access_log_bucket import AccessLogBucket
from billing_identity.components.aws.account_guards import AccountGuards
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.audit_trail import AuditTrail
from billing_identity.components.aws.customer_managed_key import CustomerManagedKey
from billing_identity.components.aws.ephi_bucket import EphiBucket
from billing_identity.components.aws.log_archive_bucket import LogArchiveBucket
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.components.errors import ComponentInputError
from billing_identity.review.preview.record import Preview, Registration
from billing_identity.review.preview.run import run_callable

ACCOUNT, KEYS = "444455556666", "111122223333"
KEY_ARN = f"arn:aws:kms:us-east-1:{KEYS}:key/mrk-0123456789abcdef0123456789abcdef"
DEPLOY = [f"arn:aws:iam::{ACCOUNT}:role/deploy"]
TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/audit"
TAGS = {"Owner": "cloud-engineer", "DataClass": "ephi", "CatalogueId": "system:aws"}

KEY = {
    "alias": "ephi",
    "description": "ePHI",
    "account_id": KEYS,
    "region": "us-east-1",
    "replica_region": "us-west-2",
    "administrators": [f"arn:aws:iam::{KEYS}:role/kms-administrator"],
    "custodians": [f"arn:aws:iam::{KEYS}:role/kms-custodian"],
    "uses": [
        {
            "name": "Operators",
            "roles": [f"arn:aws:iam::{ACCOUNT}:role/operator"],
            "services": ["s3"],
            "buckets": ["acme-ephi"],
            "replica_buckets": ["acme-ephi-replica"],
        }
    ],
    "tags": TAGS,
}
BUCKET = {
    "bucket": "acme-ephi",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "keys_account_id": KEYS,
    "key_arn": KEY_ARN,
    "log_bucket": "acme-access-logs",
    "deployers": DEPLOY,
    "lock_mode": "GOVERNANCE",
    "lock_days": 90,
    "replica": {
        "bucket": "acme-ephi-replica",
        "region": "us-west-2",
        "key_arn": KEY_ARN.replace("us-east-1", "us-west-2"),
        "log_bucket": "acme-access-logs-replica",
        "role_arn": f"arn:aws:iam::{ACCOUNT}:role/replication",
    },
    "tags": TAGS,
}
ACCESS = {
    "bucket": "acme-access-logs",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "sources": ["acme-ephi*"],
    "deployers": DEPLOY,
    "retention_days": 2192,
    "tags": TAGS,
}
ARCHIVE = {
    "bucket": "acme-archive",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "keys_account_id": KEYS,
    "key_arn": KEY_ARN,
    "log_bucket": "acme-access-logs",
    "trails": [TRAIL],
    "deployers": DEPLOY,
    "lock_mode": "COMPLIANCE",
    "retention_days": 2192,
    "tags": TAGS,
}
GROUP = {
    "log_group": "/acme/trail",
    "region": "us-east-1",
    "retention_days": 2192,
    "key_arn": KEY_ARN,
    "tags": TAGS,
}
TRAIL_ARGS = {
    "trail": "audit",
    "region": "us-east-1",
    "bucket": "acme-archive",
    "key_arn": KEY_ARN,
    "log_group_arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/acme/trail",
    "log_role_arn": f"arn:aws:iam::{ACCOUNT}:role/delivery",
    "organization": False,
    "object_prefixes": ["acme-ephi-"],
    "tags": TAGS,
}
ROLE = {
    "role": "delivery",
    "service": "cloudtrail.amazonaws.com",
    "source_arns": [TRAIL],
    "policy": "{}",
    "boundary_arn": f"arn:aws:iam::{ACCOUNT}:policy/boundary",
    "description": "delivery",
    "tags": TAGS,
}
GUARDS = {"account_id": ACCOUNT, "regions": ["us-east-1", "us-west-2"], "tags": TAGS}
TOPIC = {
    "topic": "alarms",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "key_arn": KEY_ARN,
    "tags": TAGS,
}
ALARM = {
    "alarm": "acme-root-used",
    "description": "Somebody used root.",
    "namespace": "Acme",
    "region": "us-east-1",
    "log_group": "/acme/trail",
    "pattern": '{ $.userIdentity.type = "Root" }',
    "count": 2,
    "window_minutes": 5,
    "topic_arn": f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms",
    "tags": TAGS,
}
ALL: dict[str, tuple[type[pulumi.ComponentResource], dict[str, Any]]] = {
    "key": (CustomerManagedKey, KEY),
    "store": (EphiBucket, BUCKET),
    "access": (AccessLogBucket, ACCESS),
    "archive": (LogArchiveBucket, ARCHIVE),
    "group": (LogGroup, GROUP),
    "trail": (AuditTrail, TRAIL_ARGS),
    "role": (ServiceRole, ROLE),
    "guards": (AccountGuards, GUARDS),
    "topic": (AlarmTopic, TOPIC),
    "alarm": (TrailAlarm, ALARM),
}


def preview(program: Callable[[], None], *, unknown: bool = False) -> Preview:
    found = run_callable(program, unknown=unknown, config={"pulumi:disable-default-providers": '["*"]'})
    assert not found.errors, [str(error) for error in found.errors]
    return found


def everything() -> None:
    provider = aws.Provider("aws", region="us-east-1", allowed_account_ids=[ACCOUNT])
    for name, (component, args) in ALL.items():
        component(name, copy.deepcopy(args), pulumi.ResourceOptions(providers=[provider]))


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, str], Registration]:
    return {(item.type, item.name): item for item in preview(everything).registrations}


def inputs(known: dict[tuple[str, str], Registration], type_: str, name: str) -> dict[str, Any]:
    return known[(type_, name)].inputs


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
        EphiBucket(
            "leaving",
            copy.deepcopy(BUCKET),
            pulumi.ResourceOptions(protect=False),  # type: ignore[arg-type]
        )

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


@pytest.mark.parametrize("name", ALL)
def test_other_languages_can_use_it(name: str) -> None:
    """Pulumi infers a schema from the arguments; what it can not read breaks the component package."""
    component, _ = ALL[name]
    module = inspect.getmodule(component)
    assert module is not None
    assert module.__file__ is not None
    found = Analyzer("billing-identity").analyze([component])
    assert set(found["component_definitions"]) == {component.__name__}
    assert Path(module.__file__).read_text().count("from __future__ import annotations") == 0


def changed(args: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(args), **changes}


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("key", {"replica_region": "us-east-1"}, "own Region"),
        ("key", {"rotation_days": 730}, "write 90 to 365"),
        ("key", {"administrators": KEY["custodians"]}, "only one of these duties"),
        ("key", {"alias": "alias/ephi"}, "without `alias/`"),
        ("key", {"tags": {}}, "Owner is missing"),
        ("key", {"region": "us east"}, "write an AWS Region"),
        ("store", {"bucket": "Acme_EPHI"}, "lower-case"),
        ("store", {"bucket": "10.0.0.1"}, "hyphens instead of dots"),
        ("store", {"bucket": "ab"}, "3 to 63"),
        ("store", {"bucket": "a" * 64}, "3 to 63"),
        ("store", {"bucket": "xn--acme"}, "keeps this prefix"),
        ("store", {"lock_mode": "NONE"}, "COMPLIANCE or GOVERNANCE"),
        ("store", {"lock_days": 0}, "lock_days 0"),
        ("store", {"version_days": 30}, "at least lock_days"),
        ("store", {"log_bucket": "acme-ephi"}, "its own access logs"),
        ("store", {"deployers": []}, "deployers: empty"),
        ("store", {"keys_account_id": "1"}, "keys_account_id '1'"),
        ("store", {"replica": {**BUCKET["replica"], "region": "us-east-1"}}, "the store's own"),
        ("store", {"replica": {**BUCKET["replica"], "bucket": "acme-ephi"}}, "the store itself"),
        ("access", {"retention_days": 365}, "write 2192 or more"),
        ("access", {"sources": []}, "sources: empty"),
        ("archive", {"retention_days": 2191}, "write 2192 or more"),
        ("archive", {"trails": []}, "trails: empty"),
        ("group", {"retention_days": 2190}, "write one of 2192"),
        ("group", {"retention_days": 365}, "write one of 2192"),
        ("trail", {"object_prefixes": []}, "object_prefixes: empty"),
        ("trail", {"log_group_arn": "arn:aws:logs:us-east-1:1:log-group:x:*"}, "without `:\\*`"),
        ("role", {"source_arns": []}, "source_arns: empty"),
        ("role", {"service": "cloudtrail"}, "service principal"),
        ("role", {"role": "r" * 65}, "1 to 64"),
        ("guards", {"regions": []}, "regions: empty"),
        ("guards", {"ebs_keys": {"eu-west-1": KEY_ARN}}, "not among the regions"),
        ("topic", {"account_id": "12"}, "12 digits"),
        ("alarm", {"pattern": "ERROR"}, "a filter in braces"),
        ("alarm", {"count": 0}, "count 0"),
        ("alarm", {"window_minutes": 2000}, "1 to 1440"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_registered(
    name: str, changes: dict[str, Any], message: str
) -> None:
    component, args = ALL[name]
    caught: list[str] = []

    def program() -> None:
        with pytest.raises(ComponentInputError, match=message) as error:
            component(name, changed(args, **changes))
        caught.append(str(error.value))

    found = run_callable(program)
    assert len(caught) == 1, [str(error) for error in found.errors]
    assert [item.type for item in found.registrations] == ["pulumi:pulumi:Stack"]


def test_all_faults_are_told_at_once() -> None:
    args = changed(BUCKET, bucket="Bad_Name", lock_mode="NONE", tags={})
    with pytest.raises(ComponentInputError) as error:
        EphiBucket("store", args)  # type: ignore[arg-type]
    lines = str(error.value).splitlines()
    assert len(lines) == 5
    assert all(line.startswith("bucket store: ") for line in lines)
