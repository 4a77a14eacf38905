"""What service roles may do, who may take them on, and who publishes alarms."""

import pytest
from iam_evaluator import Caller, Request, allowed
from policy_places import (
    DATA,
    KEYS,
    LOGS,
    MANAGEMENT,
    OBJECT,
    OPERATOR,
    ORGANIZATION,
    OUTSIDE,
    REGION,
    STORE,
    TRAILS,
    key,
)

from billing_identity.components.aws import arns
from billing_identity.components.aws.alarm_topic import topic_policy
from billing_identity.components.aws.policies.service_role import (
    boundary,
    replication,
    service_trust,
    trail_to_log_group,
)

REPLICATION = replication(
    [(arns.bucket(STORE), arns.bucket(f"{STORE}-replica"))],
    REGION,
    "us-west-2",
    arns.keys_of(KEYS, REGION),
    arns.keys_of(KEYS, "us-west-2"),
)


def test_a_service_role_is_for_its_resource_only() -> None:
    trust = service_trust("cloudtrail.amazonaws.com", TRAILS)

    def may(service: str, **context: str) -> bool:
        found = {key.replace("_", ":"): value for key, value in context.items()}
        return allowed(trust, Request(Caller(service=service), "sts:AssumeRole", context=found))

    assert may("cloudtrail.amazonaws.com", aws_SourceArn=TRAILS[0], aws_SourceAccount=MANAGEMENT)
    assert not may("cloudtrail.amazonaws.com", aws_SourceArn=TRAILS[0], aws_SourceAccount=OUTSIDE)
    other = arns.trail(OUTSIDE, REGION, "meridian-prod-trail")
    assert not may("cloudtrail.amazonaws.com", aws_SourceArn=other, aws_SourceAccount=OUTSIDE)
    assert not may("s3.amazonaws.com", aws_SourceArn=TRAILS[0], aws_SourceAccount=MANAGEMENT)
    assert not allowed(trust, Request(OPERATOR, "sts:AssumeRole", context={"aws:SourceArn": TRAILS[0]}))


def test_trust_in_s3_takes_the_account_from_outside_the_arn() -> None:
    trust = service_trust("s3.amazonaws.com", [arns.bucket(STORE)], DATA)
    request = Request(
        Caller(service="s3.amazonaws.com"),
        "sts:AssumeRole",
        context={"aws:SourceArn": arns.bucket(STORE), "aws:SourceAccount": OUTSIDE},
    )
    assert not allowed(trust, request)


@pytest.mark.parametrize(
    ("action", "resource", "may"),
    [
        ("s3:GetObjectVersionForReplication", OBJECT, True),
        ("s3:ReplicateObject", f"{arns.bucket(STORE + '-replica')}/x", True),
        ("s3:ReplicateObject", OBJECT, False),
        ("s3:GetReplicationConfiguration", arns.bucket(STORE), True),
        ("s3:GetReplicationConfiguration", arns.bucket("another"), False),
        ("s3:ReplicateDelete", f"{arns.bucket(STORE + '-replica')}/x", False),
        ("s3:GetObjectVersionForReplication", f"{arns.bucket('another')}/x", False),
        ("s3:DeleteObject", OBJECT, False),
    ],
)
def test_replication_copies_and_nothing_else(action: str, resource: str, may: bool) -> None:
    assert allowed(REPLICATION, Request(OPERATOR, action, resource)) is may


@pytest.mark.parametrize(
    ("action", "region", "through", "may"),
    [
        ("kms:Decrypt", REGION, "s3.us-east-1.amazonaws.com", True),
        ("kms:Decrypt", "us-west-2", "s3.us-west-2.amazonaws.com", False),
        ("kms:Decrypt", REGION, "ec2.us-east-1.amazonaws.com", False),
        ("kms:GenerateDataKey", "us-west-2", "s3.us-west-2.amazonaws.com", True),
        ("kms:GenerateDataKey", REGION, "s3.us-east-1.amazonaws.com", False),
    ],
)
def test_replication_uses_keys_of_the_keys_account_through_s3(
    action: str, region: str, through: str, may: bool
) -> None:
    context = {"kms:ViaService": through}
    assert allowed(REPLICATION, Request(OPERATOR, action, key(KEYS, region), context)) is may
    assert not allowed(REPLICATION, Request(OPERATOR, action, key(OUTSIDE, region), context))


@pytest.mark.parametrize("action", ["logs:CreateLogStream", "logs:PutLogEvents"])
@pytest.mark.parametrize(
    ("stream", "may"),
    [
        (f"{ORGANIZATION}_{DATA}_CloudTrail_us-east-1", True),
        (f"{LOGS}_CloudTrail_us-east-1", True),
        (f"{OUTSIDE}_CloudTrail_us-east-1", False),
    ],
)
def test_the_trail_writes_its_own_streams(action: str, stream: str, may: bool) -> None:
    group = arns.log_group(LOGS, REGION, "/billing-identity/prod/trail")
    policy = trail_to_log_group(group, [LOGS, ORGANIZATION])
    assert allowed(policy, Request(OPERATOR, action, f"{group}:log-stream:{stream}")) is may


@pytest.mark.parametrize(
    ("action", "may"),
    [
        ("s3:GetObject", True),
        ("logs:PutLogEvents", True),
        ("iam:CreateUser", False),
        ("iam:PassRole", False),
        ("kms:ScheduleKeyDeletion", False),
        ("kms:PutKeyPolicy", False),
        ("kms:CreateGrant", False),
        ("kms:Decrypt", True),
        ("cloudtrail:StopLogging", False),
        ("s3:PutBucketPolicy", False),
        ("s3:BypassGovernanceRetention", False),
        ("organizations:LeaveOrganization", False),
        ("logs:DeleteLogGroup", False),
    ],
)
def test_the_boundary_of_service_roles(action: str, may: bool) -> None:
    assert allowed(boundary(), Request(OPERATOR, action)) is may


@pytest.mark.parametrize(
    ("service", "context", "may"),
    [
        (
            "cloudwatch.amazonaws.com",
            {"aws:SourceArn": f"arn:aws:cloudwatch:{REGION}:{LOGS}:alarm:root", "aws:SourceAccount": LOGS},
            True,
        ),
        (
            "cloudwatch.amazonaws.com",
            {"aws:SourceArn": f"arn:aws:cloudwatch:{REGION}:{OUTSIDE}:alarm:x", "aws:SourceAccount": OUTSIDE},
            False,
        ),
        ("events.amazonaws.com", {"aws:SourceArn": f"arn:aws:events:{REGION}:{LOGS}:rule/x"}, True),
        ("events.amazonaws.com", {"aws:SourceArn": f"arn:aws:events:{REGION}:{OUTSIDE}:rule/x"}, False),
        ("s3.amazonaws.com", {}, False),
    ],
)
def test_who_publishes_alarms(service: str, context: dict[str, str], may: bool) -> None:
    policy = topic_policy("security-alarms", LOGS, REGION)
    topic = arns.topic(LOGS, REGION, "security-alarms")
    assert allowed(policy, Request(Caller(service=service), "sns:Publish", topic, context)) is may
