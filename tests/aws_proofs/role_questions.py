"""Questions to roles' own policies."""

from __future__ import annotations

from collections.abc import Iterator

from iam_evaluator import Caller
from questions import (
    ACTIVITY,
    ARCHIVE,
    DATA,
    GRANTED,
    KEY,
    LOGS,
    ORGANISATION,
    PEOPLE,
    PLACES,
    REFUSED,
    SILENT,
    STORE,
    Row,
    role,
    via,
)


def emergency_rows(who: Caller) -> list[Row]:
    return [
        ("finds stores", who, "s3:ListBucket", STORE, {}, GRANTED),
        ("sees names", who, "s3:ListAllMyBuckets", "*", {}, GRANTED),
        ("reads ePHI", who, "s3:GetObject", f"{STORE}/a", {}, GRANTED),
        ("by its key", who, "kms:Decrypt", KEY, via("s3"), GRANTED),
        ("through S3 only", who, "kms:Decrypt", KEY, {}, SILENT),
        ("restores", who, "backup:StartRestoreJob", "*", {}, GRANTED),
        ("deletes nothing", who, "s3:DeleteObject", f"{STORE}/a", {}, SILENT),
        ("logging stays", who, "cloudtrail:StopLogging", "*", {}, REFUSED),
        ("keys stay", who, "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
        ("policies stay", who, "s3:PutBucketPolicy", STORE, {}, REFUSED),
    ]


def auditing_rows(who: Caller) -> list[Row]:
    return [
        ("reads settings", who, "guardduty:GetDetector", "*", {}, GRANTED),
        ("no ePHI", who, "s3:GetObject", f"{STORE}/a", {}, REFUSED),
        ("no keys", who, "kms:Decrypt", KEY, via("s3"), REFUSED),
        ("no secrets", who, "secretsmanager:GetSecretValue", "*", {}, REFUSED),
        ("changes nothing", who, "s3:PutBucketPolicy", STORE, {}, SILENT),
    ]


def roles() -> Iterator[tuple[str, list[Row]]]:
    for purpose, account in PLACES:
        yield f"role:break-glass-{purpose}", emergency_rows(role(account, "billing-identity-break-glass"))
        who = role(account, "billing-identity-read")
        yield (
            f"role:reader-{purpose}",
            [
                *auditing_rows(who),
                ("reads states", who, "firehose:DescribeDeliveryStream", "*", {}, GRANTED),
                ("passes no role", who, "iam:PassRole", "*", {}, SILENT),
            ],
        )
        bus = f"arn:aws:events:us-east-1:{LOGS}:event-bus/meridian-prod-security"
        who = role(account, "meridian-prod-event-forwarding")
        yield (
            f"role:event-forwarding-{purpose}",
            [
                ("forwards", who, "events:PutEvents", bus, {}, GRANTED),
                ("nowhere else", who, "events:PutEvents", bus.replace(LOGS, "999999999999"), {}, SILENT),
            ],
        )
        who, acl = role(account, "meridian-prod-config"), {"s3:x-amz-acl": "bucket-owner-full-control"}
        folder = f"{ARCHIVE}/AWSLogs/{account}/Config/a"
        yield (
            f"role:config-recorder-{purpose}",
            [
                ("records", who, "ec2:DescribeInstances", "*", {}, GRANTED),
                ("delivers", who, "s3:PutObject", folder, acl, GRANTED),
                ("gives nothing away", who, "s3:PutObject", folder, {"s3:x-amz-acl": "public-read"}, SILENT),
                ("other folders", who, "s3:PutObject", f"{ARCHIVE}/AWSLogs/9/Config/a", acl, SILENT),
                ("reads no ePHI", who, "s3:GetObject", f"{STORE}/a", {}, SILENT),
            ],
        )
    for label, target, other in (("ci-deploy", "deploy", "read"), ("ci-preview", "read", "deploy")):
        who, arn = role(PEOPLE, f"meridian-prod-{label}"), f"arn:aws:iam::{DATA}:role/billing-identity-"
        yield (
            f"role:{label}",
            [
                ("takes on its role", who, "sts:AssumeRole", arn + target, {}, GRANTED),
                ("not the other", who, "sts:AssumeRole", arn + other, {}, SILENT),
                ("nothing itself", who, "s3:GetObject", f"{STORE}/a", {}, SILENT),
            ],
        )
    for label, code in (("replication", ""), ("replication-riverbend-hospital", "-rvbh")):
        who = role(DATA, f"meridian-prod-replication{code}")
        store, foreign = STORE + code, STORE + ("" if code else "-rvbh")
        west = KEY.replace("us-east-1", "us-west-2")
        yield (
            f"role:{label}",
            [
                ("reads the settings", who, "s3:GetReplicationConfiguration", store, {}, GRANTED),
                ("reads", who, "s3:GetObjectVersionForReplication", f"{store}/a", {}, GRANTED),
                (
                    "other client's folder",
                    who,
                    "s3:GetObjectVersionForReplication",
                    f"{foreign}/a",
                    {},
                    SILENT,
                ),
                ("copies", who, "s3:ReplicateObject", f"{store}-replica/a", {}, GRANTED),
                ("no deletions", who, "s3:ReplicateDelete", f"{store}-replica/a", {}, SILENT),
                ("decrypts here", who, "kms:Decrypt", KEY, via("s3"), GRANTED),
                ("encrypts there", who, "kms:Encrypt", west, via("s3", "us-west-2"), GRANTED),
                ("doesn't read copies", who, "kms:Decrypt", west, via("s3", "us-west-2"), SILENT),
            ],
        )
    who = role(LOGS, "meridian-prod-trail-delivery")
    stream = (
        f"arn:aws:logs:us-east-1:{LOGS}:log-group:/billing-identity/prod/trail:log-stream:{LOGS}_CloudTrail"
    )
    yield (
        "role:trail-delivery",
        [
            ("makes its stream", who, "logs:CreateLogStream", stream, {}, GRANTED),
            ("writes", who, "logs:PutLogEvents", stream, {}, GRANTED),
            ("deletes nothing", who, "logs:DeleteLogStream", stream, {}, SILENT),
            ("no other group", who, "logs:PutLogEvents", stream.replace("/trail", "/identity"), {}, SILENT),
        ],
    )
    who = role(DATA, "meridian-prod-log-export")
    collector = f"arn:aws:iam::{LOGS}:role/meridian-prod-log-collector"
    yield (
        "role:log-export",
        [
            ("takes on the collector", who, "sts:AssumeRole", collector, {}, GRANTED),
            ("no other role", who, "sts:AssumeRole", collector.replace("collector", "reader"), {}, SILENT),
            ("reads no ePHI", who, "s3:GetObject", f"{STORE}/a", {}, SILENT),
        ],
    )
    who = role(LOGS, "meridian-prod-log-collector")
    bus = f"arn:aws:events:us-east-1:{LOGS}:event-bus/meridian-prod-security"
    yield (
        "role:log-collector",
        [
            ("adds files", who, "s3:PutObject", f"{ACTIVITY}/activity/source=ehr/a", {}, GRANTED),
            ("not others' files", who, "s3:PutObject", f"{ACTIVITY}/events/a", {}, SILENT),
            ("reads none", who, "s3:GetObject", f"{ACTIVITY}/activity/source=ehr/a", {}, SILENT),
            ("encrypts", who, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("decrypts nothing", who, "kms:Decrypt", KEY, via("s3"), SILENT),
            ("puts Entra's events", who, "events:PutEvents", bus, {"events:source": "entra"}, GRANTED),
            ("forges no others", who, "events:PutEvents", bus, {"events:source": "aws.signin"}, SILENT),
        ],
    )
    who = Caller("arn:aws:iam::100000000003:role/meridian-prod-siem-reader", organization=ORGANISATION)
    queue = f"arn:aws:sqs:us-east-1:{LOGS}:meridian-prod-siem-notices"
    yield (
        "role:siem-reader",
        [
            ("takes notices", who, "sqs:ReceiveMessage", queue, {}, GRANTED),
            ("no other queue", who, "sqs:ReceiveMessage", queue + "-2", {}, SILENT),
            ("reads logs", who, "s3:GetObject", f"{ARCHIVE}/a", {}, GRANTED),
            ("reads no ePHI", who, "s3:GetObject", f"{STORE}/a", {}, SILENT),
            ("decrypts through S3", who, "kms:Decrypt", KEY, via("s3"), GRANTED),
            ("not by itself", who, "kms:Decrypt", KEY, {}, SILENT),
        ],
    )
    who = role(LOGS, "meridian-prod-event-delivery")
    yield (
        "role:event-delivery",
        [
            ("finds", who, "s3:ListBucket", ACTIVITY, {}, GRANTED),
            ("writes", who, "s3:PutObject", f"{ACTIVITY}/events/a", {}, GRANTED),
            ("in its folder", who, "s3:PutObject", f"{ACTIVITY}/activity/a", {}, SILENT),
            ("encrypts", who, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("through S3", who, "kms:GenerateDataKey", KEY, {}, SILENT),
        ],
    )
    who = role(LOGS, "meridian-prod-events-to-stream")
    stream = f"arn:aws:firehose:us-east-1:{LOGS}:deliverystream/meridian-prod-events"
    yield (
        "role:events-to-stream",
        [
            ("puts", who, "firehose:PutRecord", stream, {}, GRANTED),
            ("deletes nothing", who, "firehose:DeleteDeliveryStream", stream, {}, SILENT),
        ],
    )
