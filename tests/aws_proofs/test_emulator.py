"""The deployment is made through AWS's API in an emulator on loopback, and read back as declared."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from emulator import accounts, build
from emulator_lacks import LACKS
from making import Emulator
from moto.server import ThreadedMotoServer

MANAGEMENT, KEYS, LOGS, DATA = (f"10000000000{number}" for number in range(1, 5))
RULE = "aws:cloudwatch/eventRule:EventRule"
EAST, WEST = "us-east-1", "us-west-2"


Check = Callable[[list[dict[str, Any]], Emulator], None]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """One read-back. They share one emulator, in one test, since filling it takes most of the time."""
    CHECKS.append(function)
    return function


def test_the_deployment_is_made_and_read_back(
    deployment: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # slow, and not looked for
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        emulated = build(f"http://{host}:{port}", deployment, MANAGEMENT)
        failures: list[Exception] = []
        for function in CHECKS:
            try:
                function(deployment, emulated)
            except Exception as error:
                error.add_note(function.__name__)
                failures.append(error)
        assert len(CHECKS) > 12
        if failures:
            raise ExceptionGroup("not as declared", failures)
    finally:
        server.stop()


def of_type(deployment: list[dict[str, Any]], token: str) -> list[tuple[dict[str, Any], str, str]]:
    """Resources of a type: inputs, account, Region."""
    found = [
        (item["inputs"], account, item["inputs"].get("region", region))
        for item, account, region in accounts(deployment)
        if item["type"] == token
    ]
    assert found, token
    return found


@check
def every_resource_is_made_or_named_as_lacking(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    tried = [(item["type"], item["urn"].rsplit("::", 1)[1]) for item, _, _ in accounts(deployment)]
    assert sorted(tried) == sorted([*emulated.made, *emulated.failed])
    unexplained = {
        key: answer
        for key, answer in emulated.failed.items()
        if not any(key[0] == type_ and fnmatchcase(key[1], glob) for type_, glob in LACKS)
    }
    assert not unexplained
    for type_, glob in LACKS:
        named = [key for key in tried if key[0] == type_ and fnmatchcase(key[1], glob)]
        assert named, f"{type_} {glob}: nothing in the deployment"
        assert not set(named) & set(emulated.made), f"{type_} {glob}: the emulator has it now"


@check
def every_value_is_one_that_aws_takes(_: list[dict[str, Any]], emulated: Emulator) -> None:
    """But for ids that the emulator gave: its permission sets' ARNs have a form that AWS's own never have."""
    given = [repr(identifier) for identifier in emulated.ids.values()]
    refused = [fault for fault in emulated.refused if not any(identifier in fault for identifier in given)]
    assert not refused, "\n".join(refused)


@check
def buckets_are_encrypted_with_the_declared_key(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    token = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    for inputs, account, region in of_type(deployment, token):
        s3 = emulated.client("s3", account, region)
        answer = s3.get_bucket_encryption(Bucket=inputs["bucket"])["ServerSideEncryptionConfiguration"]
        (rule,) = answer["Rules"]
        wanted = emulated.translated(inputs["rules"][0]["applyServerSideEncryptionByDefault"])
        assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == wanted["sseAlgorithm"]
        key = rule["ApplyServerSideEncryptionByDefault"].get("KMSMasterKeyID")
        assert key == wanted.get("kmsMasterKeyId")
        if key is not None:
            held = emulated.client("kms", KEYS, region).describe_key(KeyId=key)["KeyMetadata"]
            assert held["Arn"] == key
            assert held["Enabled"]
            assert rule["BucketKeyEnabled"]
        assert (key is None) == inputs["bucket"].removesuffix("-replica").endswith("-access-logs")


@check
def every_bucket_refuses_plain_text_and_the_public(
    deployment: list[dict[str, Any]], emulated: Emulator
) -> None:
    for inputs, account, region in of_type(deployment, "aws:s3/bucket:Bucket"):
        s3 = emulated.client("s3", account, region)
        name = inputs["bucket"]
        statements = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"]
        denied = [
            item.get("Condition")
            for item in statements
            if item["Effect"] == "Deny" and item["Principal"] == "*"
        ]
        assert {"Bool": {"aws:SecureTransport": "false"}} in denied, name
        assert {"NumericLessThan": {"s3:TlsVersion": "1.2"}} in denied, name
        block = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
        assert set(block.values()) == {True}, name
        controls = s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
        assert controls == [{"ObjectOwnership": "BucketOwnerEnforced"}], name
        assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled", name
        tags = {tag["Key"]: tag["Value"] for tag in s3.get_bucket_tagging(Bucket=name)["TagSet"]}
        assert tags == inputs["tags"], name


@check
def locks_hold_as_long_as_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    token = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    found: dict[str, tuple[str, int]] = {}
    for inputs, account, region in of_type(deployment, token):
        s3 = emulated.client("s3", account, region)
        lock = s3.get_object_lock_configuration(Bucket=inputs["bucket"])["ObjectLockConfiguration"]
        assert lock["ObjectLockEnabled"] == "Enabled"
        kept = lock["Rule"]["DefaultRetention"]
        assert kept["Days"] == inputs["rule"]["defaultRetention"]["days"]
        found[inputs["bucket"]] = (kept["Mode"], kept["Days"])
    assert found["meridian-prod-log-archive"] == ("COMPLIANCE", 2192)
    assert found["meridian-prod-activity-logs"] == ("COMPLIANCE", 2192)
    assert found["meridian-prod-issued-documents"] == ("COMPLIANCE", 2192)
    assert found["meridian-prod-ephi-edi"] == ("GOVERNANCE", 90)
    assert found["meridian-prod-ephi-edi-replica"] == ("GOVERNANCE", 90)


@check
def stores_are_copied_logged_and_kept(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    token = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
    for inputs, account, region in of_type(deployment, token):
        s3 = emulated.client("s3", account, region)
        answer = s3.get_bucket_replication(Bucket=inputs["bucket"])["ReplicationConfiguration"]
        (rule,) = answer["Rules"]
        assert rule["Status"] == "Enabled"
        assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{inputs['bucket']}-replica"
        key = rule["Destination"]["EncryptionConfiguration"]["ReplicaKmsKeyID"]
        assert key.startswith(f"arn:aws:kms:{WEST}:{KEYS}:key/mrk-")
        assert rule["DeleteMarkerReplication"] == {"Status": "Disabled"}
    for inputs, account, region in of_type(deployment, "aws:s3/bucketLogging:BucketLogging"):
        s3 = emulated.client("s3", account, region)
        logged = s3.get_bucket_logging(Bucket=inputs["bucket"])["LoggingEnabled"]
        assert (logged["TargetBucket"], logged["TargetPrefix"]) == (
            inputs["targetBucket"],
            inputs["targetPrefix"],
        )
    archive = emulated.client("s3", LOGS, EAST)
    rules = archive.get_bucket_lifecycle_configuration(Bucket="meridian-prod-logs-access-logs")["Rules"]
    assert {"Days": 2192} in [rule.get("Expiration") for rule in rules]


@check
def keys_rotate_and_hold_their_policy(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for item, account, region in accounts(deployment):
        if item["type"] != "aws:kms/key:Key":
            continue
        inputs = item["inputs"]
        kms = emulated.client("kms", account, inputs.get("region", region))
        held = kms.describe_key(KeyId=emulated.ids[item["id"]])["KeyMetadata"]
        assert held["Enabled"]
        assert held["KeyManager"] == "CUSTOMER"
        assert held["KeySpec"] == "SYMMETRIC_DEFAULT"
        assert held["MultiRegion"] is inputs["multiRegion"]
        if inputs["multiRegion"]:
            replicas = held["MultiRegionConfiguration"]["ReplicaKeys"]
            assert [replica["Region"] for replica in replicas] == [WEST]
        assert kms.get_key_rotation_status(KeyId=held["KeyId"])["KeyRotationEnabled"]
        policy = kms.get_key_policy(KeyId=held["KeyId"], PolicyName="default")["Policy"]
        assert json.loads(policy) == json.loads(inputs["policy"])


@check
def backups_are_locked_under_their_key(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for inputs, account, region in of_type(
        deployment, "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
    ):
        held = emulated.client("backup", account, region).describe_backup_vault(
            BackupVaultName=inputs["backupVaultName"]
        )
        assert held["Locked"]
        assert held["MinRetentionDays"] == inputs["minRetentionDays"]
        assert held["EncryptionKeyArn"].startswith(f"arn:aws:kms:{region}:")


@check
def the_trail_records_all_and_is_checked(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    ((inputs, account, region),) = of_type(deployment, "aws:cloudtrail/trail:Trail")
    client = emulated.client("cloudtrail", account, region)
    trail = client.get_trail(Name=inputs["name"])["Trail"]
    assert trail["S3BucketName"] == "meridian-prod-log-archive"
    assert trail["IsMultiRegionTrail"]
    assert trail["IsOrganizationTrail"]
    assert trail["LogFileValidationEnabled"]
    assert trail["IncludeGlobalServiceEvents"]
    assert trail["KmsKeyId"] == emulated.translated(inputs["kmsKeyId"])
    assert trail["CloudWatchLogsLogGroupArn"].endswith("log-group:/billing-identity/prod/trail:*")
    assert client.get_trail_status(Name=inputs["name"])["IsLogging"]
    selectors = client.get_event_selectors(TrailName=inputs["name"])["AdvancedEventSelectors"]
    fields = {
        (field["Field"], *field.get("Equals", []), *field.get("StartsWith", []))
        for selector in selectors
        for field in selector["FieldSelectors"]
    }
    assert ("eventCategory", "Management") in fields
    assert ("resources.ARN", "arn:aws:s3:::meridian-prod-ephi-") in fields
    insights = client.get_insight_selectors(TrailName=inputs["name"])["InsightSelectors"]
    assert {item["InsightType"] for item in insights} == {"ApiCallRateInsight", "ApiErrorRateInsight"}


@check
def logs_are_kept_six_years_under_the_key(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for inputs, account, region in of_type(deployment, "aws:cloudwatch/logGroup:LogGroup"):
        client = emulated.client("logs", account, region)
        (group,) = client.describe_log_groups(logGroupNamePrefix=inputs["name"])["logGroups"]
        assert group["retentionInDays"] == 2192
        assert group["kmsKeyId"] == emulated.translated(inputs["kmsKeyId"])
    for inputs, account, region in of_type(deployment, "aws:cloudwatch/eventArchive:EventArchive"):
        if "okta" not in inputs["name"]:
            kept = emulated.client("events", account, region).describe_archive(ArchiveName=inputs["name"])
            assert kept["RetentionDays"] == 2192


@check
def alarms_watch_what_their_filters_count(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    counted: set[tuple[str, str]] = set()
    for inputs, account, region in of_type(deployment, "aws:cloudwatch/logMetricFilter:LogMetricFilter"):
        (held,) = emulated.client("logs", account, region).describe_metric_filters(
            logGroupName=inputs["logGroupName"], filterNamePrefix=inputs["name"]
        )["metricFilters"]
        assert held["filterPattern"] == inputs["pattern"]
        (change,) = held["metricTransformations"]
        counted.add((change["metricNamespace"], change["metricName"]))
    for inputs, account, region in of_type(deployment, "aws:cloudwatch/metricAlarm:MetricAlarm"):
        topics = {
            topic["TopicArn"] for topic in emulated.client("sns", account, region).list_topics()["Topics"]
        }
        (alarm,) = emulated.client("cloudwatch", account, region).describe_alarms(
            AlarmNames=[inputs["name"]]
        )["MetricAlarms"]
        assert alarm["Threshold"] == inputs["threshold"]
        assert alarm["ComparisonOperator"] == inputs["comparisonOperator"]
        assert alarm["TreatMissingData"] == inputs["treatMissingData"]
        assert alarm["ActionsEnabled"]
        assert alarm["AlarmActions"]
        assert set(alarm["AlarmActions"]) <= topics
        if alarm.get("Namespace") == "BillingIdentity":
            assert (alarm["Namespace"], alarm["MetricName"]) in counted


@check
def topics_and_queues_are_encrypted_and_reached_over_tls_only(
    deployment: list[dict[str, Any]], emulated: Emulator
) -> None:
    for inputs, account, region in of_type(deployment, "aws:sns/topicPolicy:TopicPolicy"):
        held = emulated.client("sns", account, region).get_topic_attributes(TopicArn=inputs["arn"])[
            "Attributes"
        ]
        assert held["KmsMasterKeyId"].startswith(f"arn:aws:kms:{EAST}:{KEYS}:key/mrk-")
        assert json.loads(held["Policy"]) == json.loads(inputs["policy"])
        assert '"aws:SecureTransport": "false"' in json.dumps(json.loads(held["Policy"]))
    for inputs, account, region in of_type(deployment, "aws:sqs/queue:Queue"):
        sqs = emulated.client("sqs", account, region)
        url = sqs.get_queue_url(QueueName=inputs["name"])["QueueUrl"]
        held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        assert held["KmsMasterKeyId"].startswith(f"arn:aws:kms:{EAST}:{KEYS}:key/mrk-")
        assert '"aws:SecureTransport": "false"' in json.dumps(json.loads(held["Policy"]))
    held = [
        item["Endpoint"]
        for inputs, account, region in of_type(deployment, "aws:sns/topic:Topic")
        for item in emulated.client("sns", account, region).list_subscriptions_by_topic(
            TopicArn=f"arn:aws:sns:{region}:{account}:{inputs['name']}"
        )["Subscriptions"]
    ]
    declared = of_type(deployment, "aws:sns/topicSubscription:TopicSubscription")
    assert sorted(held) == sorted(inputs["endpoint"] for inputs, _, _ in declared)


@check
def roles_are_trusted_bounded_and_short(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for inputs, account, _ in of_type(deployment, "aws:iam/role:Role"):
        held = emulated.client("iam", account, EAST).get_role(RoleName=inputs["name"])["Role"]
        assert held["AssumeRolePolicyDocument"] == json.loads(inputs["assumeRolePolicy"])
        assert held["MaxSessionDuration"] == inputs["maxSessionDuration"]
        if "permissionsBoundary" in inputs:
            assert held["PermissionsBoundary"]["PermissionsBoundaryArn"] == inputs["permissionsBoundary"]
    assert not emulated.client("iam", DATA, EAST).list_users()["Users"]


@check
def accounts_refuse_the_public_and_encrypt_by_default(_: list[dict[str, Any]], emulated: Emulator) -> None:
    for account in (KEYS, LOGS, DATA):
        block = emulated.client("s3control", account, EAST).get_public_access_block(AccountId=account)
        assert set(block["PublicAccessBlockConfiguration"].values()) == {True}
        for region in (EAST, WEST):
            ec2 = emulated.client("ec2", account, region)
            assert ec2.get_ebs_encryption_by_default()["EbsEncryptionByDefault"]


@check
def control_policies_hang_on_every_account(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    client = emulated.client("organizations", MANAGEMENT, EAST)
    for _, account, _ in of_type(deployment, "aws:iam/role:Role"):
        if account == MANAGEMENT:
            continue
        target = emulated.ids[f"account {account}"]
        for kind, count in (("SERVICE_CONTROL_POLICY", 3), ("RESOURCE_CONTROL_POLICY", 1)):
            held = client.list_policies_for_target(TargetId=target, Filter=kind)["Policies"]
            own = [policy for policy in held if not policy["AwsManaged"]]
            assert len(own) == count, (account, kind, held)


@check
def detectors_and_recorders_run(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for inputs, account, region in of_type(deployment, "aws:cfg/recorder:Recorder"):
        guard = emulated.client("guardduty", account, region)
        (detector,) = guard.list_detectors()["DetectorIds"]
        held = guard.get_detector(DetectorId=detector)
        assert held["Status"] == "ENABLED"
        config = emulated.client("config", account, region)
        (status,) = config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"]
        assert status["recording"]
        (channel,) = config.describe_delivery_channels()["DeliveryChannels"]
        assert channel["s3BucketName"] == "meridian-prod-log-archive"
        assert inputs["recordingGroup"]["allSupported"]
    declared: dict[tuple[str, str], dict[str, str]] = {}
    for inputs, account, region in of_type(deployment, "aws:guardduty/detectorFeature:DetectorFeature"):
        declared.setdefault((account, region), {})[inputs["name"]] = inputs["status"]
    for (account, region), features in declared.items():
        guard = emulated.client("guardduty", account, region)
        (detector,) = guard.list_detectors()["DetectorIds"]
        held = {item["Name"]: item["Status"] for item in guard.get_detector(DetectorId=detector)["Features"]}
        assert held, "the emulator keeps what the last call named"
        assert held.items() <= features.items()


@check
def the_emulator_reads_the_patterns_of_every_rule(
    deployment: list[dict[str, Any]], emulated: Emulator
) -> None:
    for inputs, account, region in of_type(deployment, RULE):
        if "okta" in inputs.get("eventBusName", ""):
            continue
        held = emulated.client("events", account, region).describe_rule(
            Name=inputs["name"], EventBusName=inputs.get("eventBusName", "default")
        )
        assert json.loads(held["EventPattern"]) == json.loads(inputs["eventPattern"])
        assert held["State"] == inputs["state"]


def test_the_page_names_what_the_emulator_lacks() -> None:
    page = (Path(__file__).parents[2] / "docs" / "aws-proofs.md").read_text(encoding="utf-8")
    for type_, _ in LACKS:
        assert f"`{type_.removeprefix('aws:').rsplit(':', 1)[0]}`" in page, type_
