"""Topics, queues, log groups, alarms, the trail, buses and streams."""

from __future__ import annotations

from making import Inputs, Maker, Making, tags_of


def _topic(make: Maker, inputs: Inputs) -> None:
    name, tags = inputs.pop("name"), tags_of(inputs)
    attributes = {
        "KmsMasterKeyId": inputs.pop("kmsMasterKeyId"),
        "SignatureVersion": inputs.pop("signatureVersion"),
    }
    assert not inputs
    make.call("sns", "create_topic", {"name": name, "tags": tags, "attributes": attributes})


def _topic_policy(make: Maker, inputs: Inputs) -> None:
    request = {"topicArn": inputs["arn"], "attributeName": "Policy", "attributeValue": inputs["policy"]}
    make.call("sns", "set_topic_attributes", request)


def _subscription(make: Maker, inputs: Inputs) -> None:
    inputs.pop("endpointAutoConfirms", None)
    inputs.pop("rawMessageDelivery", None)
    topic = inputs.pop("topic")
    make.call("sns", "subscribe", {**inputs, "topicArn": topic})


def _queue(make: Maker, inputs: Inputs) -> None:
    attributes = {
        "KmsMasterKeyId": inputs.pop("kmsMasterKeyId"),
        "MessageRetentionPeriod": inputs.pop("messageRetentionSeconds"),
        "Policy": inputs.pop("policy"),
    }
    tags = inputs.pop("tags")
    made = make.call(
        "sqs", "create_queue", {"queueName": inputs.pop("name"), "attributes": attributes, "tags": tags}
    )
    assert not inputs
    make.replaces(made["QueueUrl"])


def _log_group(make: Maker, inputs: Inputs) -> None:
    days = inputs.pop("retentionInDays")
    inputs.pop("skipDestroy")
    inputs["logGroupName"] = inputs.pop("name")
    make.call("logs", "create_log_group", inputs)
    make.call(
        "logs", "put_retention_policy", {"logGroupName": inputs["logGroupName"], "retentionInDays": days}
    )


def _metric_filter(make: Maker, inputs: Inputs) -> None:
    request = {
        "filterName": inputs.pop("name"),
        "filterPattern": inputs.pop("pattern"),
        "metricTransformations": [_named(inputs.pop("metricTransformation"), "metric")],
        **inputs,
    }
    make.call("logs", "put_metric_filter", request)


def _named(value: Inputs, prefix: str) -> Inputs:
    """`name`, `namespace` and `value` with the word that the API puts before them."""
    return {
        f"{prefix}{key.capitalize()}" if key in ("name", "namespace", "value") else key: inner
        for key, inner in value.items()
    }


def _alarm(make: Maker, inputs: Inputs) -> None:
    inputs["alarmName"] = inputs.pop("name")
    inputs["tags"] = tags_of(inputs)
    inputs["metrics"] = inputs.pop("metricQueries", [])
    dimensions = inputs.pop("dimensions", {})
    inputs["dimensions"] = [{"name": name, "value": value} for name, value in dimensions.items()]
    make.call("cloudwatch", "put_metric_alarm", inputs)


def _trail(make: Maker, inputs: Inputs) -> None:
    name, selectors = inputs["name"], inputs.pop("advancedEventSelectors")
    insights = inputs.pop("insightSelectors")
    assert inputs.pop("enableLogging")
    group, log_role = inputs.pop("cloudWatchLogsGroupArn"), inputs.pop("cloudWatchLogsRoleArn")
    inputs |= {
        "cloudWatchLogsLogGroupArn": group,
        "cloudWatchLogsRoleArn": log_role,
        "tagsList": tags_of(inputs),
    }
    make.call("cloudtrail", "create_trail", inputs)
    make.call(
        "cloudtrail",
        "put_event_selectors",
        {"trailName": name, "advancedEventSelectors": selectors},
        {"advancedEventSelectors.fieldSelectors.startsWiths": "StartsWith"},
    )
    make.call("cloudtrail", "put_insight_selectors", {"trailName": name, "insightSelectors": insights})
    make.call("cloudtrail", "start_logging", {"name": name})


def _bus(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = tags_of(inputs)
    if "eventSourceName" in inputs:  # Okta's log stream has made it, which is not this program's doing
        partner = make.emulator.client("events", "999999999999", make.region)
        partner.create_partner_event_source(Name=inputs["eventSourceName"], Account=make.account)
    make.call("events", "create_event_bus", inputs)


def _bus_policy(make: Maker, inputs: Inputs) -> None:
    make.call("events", "put_permission", inputs)


def _rule(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = tags_of(inputs)
    make.call("events", "put_rule", inputs)


def _target(make: Maker, inputs: Inputs) -> None:
    where = {key: inputs.pop(key) for key in ("rule", "eventBusName") if key in inputs}
    inputs["id"] = inputs.pop("targetId")
    retry = inputs.pop("retryPolicy", None)
    if retry:
        inputs["retryPolicy"] = retry
    answer = make.call(
        "events",
        "put_targets",
        {**where, "targets": [inputs]},
        {"targets.inputTransformer.inputPaths": "InputPathsMap"},
    )
    assert not answer["FailedEntries"], answer


def _archive(make: Maker, inputs: Inputs) -> None:
    inputs["archiveName"] = inputs.pop("name")
    make.call("events", "create_archive", inputs)


def _delivery_stream(make: Maker, inputs: Inputs) -> None:
    assert inputs.pop("destination") == "extended_s3"
    encryption = inputs.pop("serverSideEncryption")
    assert encryption.pop("enabled")
    target = inputs.pop("extendedS3Configuration")
    buffering = {
        "sizeInMBs": target.pop("bufferingSize"),
        "intervalInSeconds": target.pop("bufferingInterval"),
    }
    key = {"kmsEncryptionConfig": {"awskmsKeyArn": target.pop("kmsKeyArn")}}
    target |= {"bufferingHints": buffering, "encryptionConfiguration": key}
    request = {
        "deliveryStreamName": inputs.pop("name"),
        "deliveryStreamEncryptionConfigurationInput": encryption,
        "extendedS3DestinationConfiguration": target,
        "tags": tags_of(inputs),
        **inputs,
    }
    make.call("firehose", "create_delivery_stream", request)


MAKE: Making = {
    "aws:sns/topic:Topic": _topic,
    "aws:sns/topicPolicy:TopicPolicy": _topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
    "aws:sqs/queue:Queue": _queue,
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": lambda make, inputs: make.call(
        "logs", "put_resource_policy", inputs
    ),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": _metric_filter,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:cloudwatch/eventBus:EventBus": _bus,
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": _bus_policy,
    "aws:cloudwatch/eventRule:EventRule": _rule,
    "aws:cloudwatch/eventTarget:EventTarget": _target,
    "aws:cloudwatch/eventArchive:EventArchive": _archive,
    "aws:cloudtrail/trail:Trail": _trail,
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": _delivery_stream,
}
