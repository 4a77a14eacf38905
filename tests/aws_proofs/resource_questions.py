"""Questions to the policies of queues, topics, buses and log groups."""

from __future__ import annotations

from collections.abc import Iterator

from iam_evaluator import Caller
from questions import (
    DATA,
    GRANTED,
    LOGS,
    OUTSIDER,
    PLAIN_TEXT,
    READER,
    REFUSED,
    SILENT,
    Row,
    role,
    service,
)


def resources() -> Iterator[tuple[str, list[Row]]]:
    here, there = f"arn:aws:events:us-east-1:{LOGS}:rule/a", "arn:aws:events:us-east-1:999999999999:rule/a"
    events = service("events")
    for label in ("siem-notices", "undelivered-events"):
        queue = f"arn:aws:sqs:us-east-1:{LOGS}:meridian-prod-{label}"
        yield (
            f"resource:{label}",
            [
                ("own rules send", events, "sqs:SendMessage", queue, {"aws:SourceArn": here}, GRANTED),
                ("confused deputy", events, "sqs:SendMessage", queue, {"aws:SourceArn": there}, SILENT),
                ("nobody from outside", OUTSIDER, "sqs:ReceiveMessage", queue, {}, SILENT),
                ("no TLS", READER, "sqs:ReceiveMessage", queue, PLAIN_TEXT, REFUSED),
            ],
        )
    alarm = f"arn:aws:cloudwatch:us-east-1:{LOGS}:alarm:a"
    ours = {"aws:SourceArn": alarm, "aws:SourceAccount": LOGS}
    for label in ("security-alarms", "security-pages"):
        topic = f"arn:aws:sns:us-east-1:{LOGS}:meridian-prod-{label}"
        watch = service("cloudwatch")
        yield (
            f"resource:{label}",
            [
                ("own alarms", watch, "sns:Publish", topic, ours, GRANTED),
                ("confused deputy", watch, "sns:Publish", topic, {**ours, "aws:SourceAccount": DATA}, SILENT),
                ("own rules", events, "sns:Publish", topic, {"aws:SourceArn": here}, GRANTED),
                ("strange rules", events, "sns:Publish", topic, {"aws:SourceArn": there}, SILENT),
                ("no TLS", role(LOGS, "somebody"), "sns:Publish", topic, PLAIN_TEXT, REFUSED),
                ("nobody from outside", OUTSIDER, "sns:Subscribe", topic, {}, SILENT),
            ],
        )
    bus = f"arn:aws:events:us-east-1:{LOGS}:event-bus/meridian-prod-security"
    sender = role(DATA, "meridian-prod-event-forwarding")
    yield (
        "resource:security-bus",
        [
            ("own accounts", sender, "events:PutEvents", bus, {}, GRANTED),
            ("no others", OUTSIDER, "events:PutEvents", bus, {}, SILENT),
            ("one that left", Caller(sender.arn, organization=None), "events:PutEvents", bus, {}, SILENT),
            ("nobody changes rules", sender, "events:PutRule", bus, {}, SILENT),
        ],
    )
    group = f"arn:aws:logs:us-east-1:{LOGS}:log-group:/billing-identity/prod/identity:*"
    yield (
        "resource:events-to-logs",
        [
            ("events are written", events, "logs:PutLogEvents", group, {}, GRANTED),
            ("never deleted", events, "logs:DeleteLogStream", group, {}, SILENT),
            ("no other group", events, "logs:PutLogEvents", group.replace("/prod/", "/test/"), {}, SILENT),
        ],
    )
