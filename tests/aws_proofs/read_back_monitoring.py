"""Trail, logs, alarms, rules, detectors and recorders, read back."""

from __future__ import annotations

import json
from typing import Any

from making import Emulator
from reading_back import EAST, KEYS, but, check, made, of_type, same


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
    for inputs, account, region in of_type(deployment, "aws:cloudwatch/eventRule:EventRule"):
        if "okta" in inputs.get("eventBusName", ""):
            continue
        held = emulated.client("events", account, region).describe_rule(
            Name=inputs["name"], EventBusName=inputs.get("eventBusName", "default")
        )
        assert json.loads(held["EventPattern"]) == json.loads(inputs["eventPattern"])
        assert held["State"] == inputs["state"]


@check
def recorders_keep_what_they_record(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for kept in made(deployment, emulated, "aws:cfg/retentionConfiguration:RetentionConfiguration"):
        (held,) = kept.client("config").describe_retention_configurations()["RetentionConfigurations"]
        same(but(kept.inputs), held)
    for recorder in made(deployment, emulated, "aws:cfg/recorder:Recorder"):
        (held,) = recorder.client("config").describe_configuration_recorders()["ConfigurationRecorders"]
        same(but(recorder.inputs), held)
    for channel in made(deployment, emulated, "aws:cfg/deliveryChannel:DeliveryChannel"):
        (held,) = channel.client("config").describe_delivery_channels()["DeliveryChannels"]
        same(
            but(channel.inputs),
            held,
            {"snapshotDeliveryProperties": "configSnapshotDeliveryProperties"},
        )
    for status in made(deployment, emulated, "aws:cfg/recorderStatus:RecorderStatus"):
        (held,) = status.client("config").describe_configuration_recorder_status()[
            "ConfigurationRecordersStatus"
        ]
        assert held["recording"] is status.inputs["isEnabled"]


@check
def hubs_detectors_and_discovery_are_on(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for detector in made(deployment, emulated, "aws:guardduty/detector:Detector"):
        held = detector.client("guardduty").get_detector(DetectorId=detector.id)
        assert (held["Status"], held["FindingPublishingFrequency"]) == ("ENABLED", "FIFTEEN_MINUTES")
    for hub in made(deployment, emulated, "aws:securityhub/account:Account"):
        same(but(hub.inputs, "enableDefaultStandards"), hub.client("securityhub").describe_hub())
    for session in made(deployment, emulated, "aws:macie2/account:Account"):
        same(but(session.inputs), session.client("macie2").get_macie_session())
