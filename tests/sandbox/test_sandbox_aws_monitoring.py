"""AWS: logs, trails, buses, detection."""

from typing import Any

import pytest
from aws_kinds import BUCKET, BUCKET_POLICY, GROUP, KEY, OWN, ROOT, allow, document
from sandbox_client import Refused

TRAIL = "aws:cloudtrail/trail:Trail"
BUS = "aws:cloudwatch/eventBus:EventBus"
RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"


def test_a_log_group_s_key_must_serve_it(aws: Any) -> None:
    key = aws.create(KEY, policy=OWN)
    with pytest.raises(
        Refused, match="not allowed to be used with Arn 'arn:aws:logs:us-east-1:111111111111:log-group:/a'"
    ):
        aws.create(GROUP, name="/a", kmsKeyId=key["arn"])
    served = allow(
        {"Service": "logs.us-east-1.amazonaws.com"},
        "kms:GenerateDataKey*",
        Condition={
            "ArnLike": {
                "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111111111111:log-group:/a*"
            }
        },
    )
    key = aws.create(KEY, policy=document(allow({"AWS": ROOT}), served))
    aws.create(GROUP, name="/a", kmsKeyId=key["arn"])
    with pytest.raises(Refused, match="not allowed"):
        aws.create(GROUP, name="/b", kmsKeyId=key["arn"])
    with pytest.raises(Refused, match="already exists"):
        aws.create(GROUP, name="/a")


def trail_policy(name: str = "org") -> str:
    arn = f"arn:aws:cloudtrail:us-east-1:111111111111:trail/{name}"
    service = {"Service": "cloudtrail.amazonaws.com"}
    source = {"StringEquals": {"aws:SourceArn": arn}}
    return document(
        {**allow(service, "s3:GetBucketAcl", Condition=source), "Resource": "arn:aws:s3:::acme-logs"},
        {
            **allow(service, "s3:PutObject", Condition=source),
            "Resource": "arn:aws:s3:::acme-logs/AWSLogs/111111111111/*",
        },
    )


def test_a_trail_needs_a_bucket_that_takes_it_and_a_key_that_serves_it(aws: Any) -> None:
    trail = {"name": "org", "s3BucketName": "acme-logs"}
    with pytest.raises(Refused, match="S3BucketDoesNotExistException"):
        aws.create(TRAIL, **trail)
    aws.create(BUCKET, bucket="acme-logs")
    with pytest.raises(Refused, match="InsufficientS3BucketPolicyException: Incorrect S3 bucket policy"):
        aws.create(TRAIL, **trail)
    aws.create(BUCKET_POLICY, bucket="acme-logs", policy=trail_policy("another"))
    with pytest.raises(Refused, match="InsufficientS3BucketPolicyException"):
        aws.create(TRAIL, **trail)
    aws.create(BUCKET_POLICY, bucket="acme-logs", policy=trail_policy())
    key = aws.create(KEY, policy=OWN)
    with pytest.raises(Refused, match="InsufficientEncryptionPolicyException"):
        aws.create(TRAIL, **trail, kmsKeyId=key["arn"])
    with pytest.raises(Refused, match="KmsKeyNotFoundException"):
        aws.create(TRAIL, **trail, kmsKeyId="arn:aws:kms:us-east-1:111111111111:key/none")
    good = aws.create(
        KEY,
        policy=document(
            allow({"AWS": ROOT}), allow({"Service": "cloudtrail.amazonaws.com"}, "kms:GenerateDataKey*")
        ),
    )
    made = aws.create(TRAIL, **trail, kmsKeyId=good["arn"])
    assert made["id"] == made["arn"] == "arn:aws:cloudtrail:us-east-1:111111111111:trail/org"
    assert made["homeRegion"] == "us-east-1"
    with pytest.raises(Refused, match="InvalidCloudWatchLogsLogGroupArnException"):
        aws.create(TRAIL, **trail, cloudWatchLogsGroupArn="arn:x")


STREAM = {"accountId": "111111111111", "eventSourceName": "billing", "region": "us-east-1"}
PARTNER = "aws.partner/okta.com/acme/billing"


def test_a_partner_bus_needs_the_source_that_okta_opens(aws: Any, okta: Any) -> None:
    with pytest.raises(Refused, match=f"Event source {PARTNER} does not exist"):
        aws.create(BUS, name=PARTNER, eventSourceName=PARTNER)
    stream = okta.create(
        "okta:index/logStream:LogStream", name="aws", type="aws_eventbridge", settings=STREAM
    )
    assert (
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner/okta.com")["state"]
        == "PENDING"
    )
    with pytest.raises(Refused, match="must be the name of its event source"):
        aws.create(BUS, name="other", eventSourceName=PARTNER)
    bus = aws.create(BUS, name=PARTNER, eventSourceName=PARTNER)
    assert bus["arn"] == f"arn:aws:events:us-east-1:111111111111:event-bus/{PARTNER}"
    assert (
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner")["state"]
        == "ACTIVE"
    )
    aws.delete(BUS, bus)
    assert (
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner")["state"]
        == "PENDING"
    )
    okta.delete("okta:index/logStream:LogStream", stream)
    with pytest.raises(Refused, match="0 event sources match"):
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner")


def test_rules_hang_on_buses_and_targets_on_rules(aws: Any) -> None:
    with pytest.raises(Refused, match="Event bus own does not exist"):
        aws.create(RULE, name="r", eventBusName="own", eventPattern="{}")
    bus = aws.create(BUS, name="own")
    rule = aws.create(RULE, name="r", eventBusName="own", eventPattern="{}")
    assert (rule["id"], rule["arn"]) == ("own/r", "arn:aws:events:us-east-1:111111111111:rule/own/r")
    with pytest.raises(Refused, match="Rule other does not exist on EventBus own"):
        aws.create(TARGET, rule="other", eventBusName="own", arn="arn:x")
    target = aws.create(TARGET, rule="r", eventBusName="own", arn="arn:x")
    assert target["arn"] == "arn:x"
    with pytest.raises(Refused, match="has rules"):
        aws.delete(BUS, bus)
    with pytest.raises(Refused, match="has targets"):
        aws.delete(RULE, rule)
    aws.delete(TARGET, target)
    aws.delete(RULE, rule)
    aws.delete(BUS, bus)


def test_config_starts_in_order(aws: Any) -> None:
    channel, status = "aws:cfg/deliveryChannel:DeliveryChannel", "aws:cfg/recorderStatus:RecorderStatus"
    with pytest.raises(Refused, match="NoAvailableConfigurationRecorderException"):
        aws.create(channel, s3BucketName="b")
    recorder = aws.create("aws:cfg/recorder:Recorder", roleArn="arn:x")
    with pytest.raises(Refused, match="NoAvailableDeliveryChannelException"):
        aws.create(status, name=recorder["name"], isEnabled=True)
    made = aws.create(channel, s3BucketName="b")
    aws.create(status, name=recorder["name"], isEnabled=True)
    with pytest.raises(Refused, match="LastDeliveryChannelDeleteFailedException"):
        aws.delete(channel, made)
    with pytest.raises(Refused, match="MaxNumberOfConfigurationRecorders"):
        aws.create("aws:cfg/recorder:Recorder", name="two", roleArn="arn:x")


def test_one_detector_and_one_hub_in_a_region(aws: Any) -> None:
    aws.create("aws:guardduty/detector:Detector")
    with pytest.raises(Refused, match="detector already exists"):
        aws.create("aws:guardduty/detector:Detector")
    aws.create("aws:guardduty/detector:Detector", region="us-west-2")
    subscription = "aws:securityhub/standardsSubscription:StandardsSubscription"
    with pytest.raises(Refused, match="not subscribed to AWS Security Hub"):
        aws.create(subscription, standardsArn="arn:aws:securityhub:::standards/x")
    aws.create("aws:securityhub/account:Account")
    aws.create(subscription, standardsArn="arn:aws:securityhub:::standards/x")
