"""Each metric filter on a log group counts its real-shaped record and leaves a near miss alone.

Records of the trail: CloudTrail User Guide, "CloudTrail record contents" and "Non-console root user events";
of the exchange: AWS Transfer Family User Guide, "CloudWatch log structure for Transfer Family"; those of the
alerts' log groups are EventBridge's envelopes. Rules that aren't alerts follow, in the same way.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from alert_events import CASES, okta, trail
from event_pattern import matches
from filter_pattern import holds
from moto.events import models

Record = dict[str, Any]
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
RULE = "aws:cloudwatch/eventRule:EventRule"


def call(source: str, name: str, **changes: Any) -> Record:
    """A record as the trail writes it to its log group: without EventBridge's envelope."""
    found: Record = trail(source, name, **changes)["detail"]
    return found


def root(**changes: Any) -> Record:
    identity = {"type": "Root", "arn": "arn:aws:iam::100000000004:root", "accountId": "100000000004"}
    return {**call("s3", "ListBuckets"), "userIdentity": {**identity, **changes}}


SEALED = {"roleArn": "arn:aws:iam::100000000004:role/billing-identity-break-glass"}
STORE, ELSEWHERE = {"bucketName": "meridian-prod-ephi-edi"}, {"bucketName": "meridian-web-site"}
COUNTED: dict[str, tuple[list[Record], list[Record]]] = {
    "alarm-key-endangered": (
        [
            call("kms", name)
            for name in ("ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy", "UpdatePrimaryRegion")
        ],
        [call("kms", "CancelKeyDeletion"), call("kms", "Decrypt"), call("s3", "DisableKey")],
    ),
    "alarm-break-glass-anywhere": (
        [
            call("sts", "AssumeRole", requestParameters=SEALED, awsRegion="us-east-2"),
            call("sts", "AssumeRoleWithWebIdentity", requestParameters=SEALED),
        ],
        [
            call("sts", "AssumeRole", requestParameters={"roleArn": f"{SEALED['roleArn']}-2"}),
            call("sts", "GetCallerIdentity", requestParameters=SEALED),
        ],
    ),
    "alarm-root-used": (
        [root()],
        [
            root(invokedBy="organizations.amazonaws.com"),
            {**root(), "eventType": "AwsServiceEvent"},
            call("s3", "ListBuckets"),
        ],
    ),
    "alarm-store-protection-changed": (
        [
            call("s3", "PutBucketPolicy", requestParameters=STORE),
            call("s3", "DeleteBucketEncryption", requestParameters=STORE),
            call("s3", "PutBucketPublicAccessBlock", requestParameters=STORE),
            call("s3", "DeleteBucketLifecycle", requestParameters=STORE),
            call("s3", "PutBucketVersioning", requestParameters={"bucketName": "meridian-prod-log-archive"}),
            call(
                "s3", "PutBucketVersioning", requestParameters={"bucketName": "meridian-prod-activity-logs"}
            ),
        ],
        [
            call("s3", "PutBucketPolicy", requestParameters=ELSEWHERE),
            call("s3", "GetBucketPolicy", requestParameters=STORE),
            call("s3", "PutBucketTagging", requestParameters=STORE),
            call("s3", "PutObject", requestParameters=STORE),
        ],
    ),
    "alarm-trail-tampered": (
        [call("cloudtrail", name) for name in ("StopLogging", "DeleteTrail", "PutEventSelectors")],
        [call("cloudtrail", "LookupEvents"), call("cloudtrail", "StartLogging"), call("logs", "StopLogging")],
    ),
    "alert-large-download": (
        [call("s3", "GetObject", requestParameters={**STORE, "key": "a"})],
        [
            call("s3", "GetObject", requestParameters=ELSEWHERE),
            call("s3", "HeadObject", requestParameters=STORE),
            call("s3", "GetObject", requestParameters=STORE, errorCode="AccessDenied"),
        ],
    ),
    "alert-failed-sign-ins-aws": (
        [{"detail": {"userIdentity": {"principalId": "AROAEXAMPLE:person"}}}],
        [{"detail": {"userIdentity": {"type": "AWSService"}}}],
    ),
    "alert-failed-sign-ins-entra": ([{"detail": {"userId": "26be1845"}}], [{"detail": {"user": "26be1845"}}]),
    "alert-failed-sign-ins-okta": ([okta("user.session.start")], [{"detail": {"actor": {}}}]),
    "alert-unusual-hours-okta": ([okta("user.authentication.sso")], [{"detail": {"actor": {}}}]),
    "exchange-refused": (
        [
            {
                "activity-type": "AUTH_FAILURE",
                "user": "stranger",
                "method": "publickey",
                "source-ip": "198.51.100.7",
            }
        ],
        [
            {"activity-type": "CONNECTED", "user": "claims"},
            {"activity-type": "DISCONNECTED", "user": "claims"},
        ],
    ),
}


def envelope(source: str, kind: str, detail: Record) -> Record:
    return {
        "version": "0",
        "id": "3a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": kind,
        "source": source,
        "account": "100000000004",
        "time": "2026-11-24T15:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": detail,
    }


def scan(status: str, bucket: str = "meridian-prod-ephi-exchange") -> Record:
    """GuardDuty User Guide, "Monitoring S3 object scans with Amazon EventBridge"."""
    return envelope(
        "aws.guardduty",
        "GuardDuty Malware Protection Object Scan Result",
        {
            "schemaVersion": "1.0",
            "scanStatus": "COMPLETED",
            "resourceType": "S3_OBJECT",
            "s3ObjectDetails": {"bucketName": bucket, "objectKey": "clwl/claims/in/a.837"},
            "scanResultDetails": {"scanResultStatus": status, "threats": None},
        },
    )


def notice(bucket: str, kind: str = "Object Created") -> Record:
    return envelope("aws.s3", kind, {"version": "0", "bucket": {"name": bucket}, "object": {"key": "a"}})


def job(kind: str, **state: str) -> Record:
    """AWS Backup Developer Guide, "Monitoring AWS Backup events using Amazon EventBridge"."""
    return envelope(
        "aws.backup",
        f"{kind} State Change",
        {"backupVaultName": "meridian-prod-ephi", "resourceType": "S3", **state},
    )


WATCHED: dict[str, tuple[list[Record], list[Record]]] = {
    "siem-feed": (
        [notice("meridian-prod-log-archive"), notice("meridian-prod-activity-logs")],
        [notice("meridian-prod-ephi-edi"), notice("meridian-prod-log-archive", "Object Deleted")],
    ),
    "exchange-malware-found": (
        [scan("THREATS_FOUND"), scan("THREATS_FOUND", "meridian-prod-ephi-exchange-rvbh")],
        [scan("NO_THREATS_FOUND"), scan("THREATS_FOUND", "another-bucket")],
    ),
    "exchange-scan-failed": (
        [scan("FAILED"), scan("ACCESS_DENIED"), scan("UNSUPPORTED")],
        [scan("NO_THREATS_FOUND"), scan("THREATS_FOUND")],
    ),
    "notice-backup-failed": (
        [job("Backup Job", state=state) for state in ("FAILED", "ABORTED", "EXPIRED", "PARTIAL")],
        [job("Backup Job", state="COMPLETED"), job("Copy Job", state="FAILED")],
    ),
    "notice-backup-copy-failed": (
        [job("Copy Job", state="FAILED"), job("Copy Job", state="PARTIAL")],
        [job("Copy Job", state="RUNNING"), job("Backup Job", state="FAILED")],
    ),
    "notice-restore-failed": (
        [job("Restore Job", status="FAILED"), job("Restore Job", status="ABORTED")],
        [job("Restore Job", status="COMPLETED"), job("Backup Job", state="FAILED")],
    ),
}
EVERYTHING = ("okta-bus", "security-bus")
"""Rules that pass on all events of their bus, so that nothing can miss them."""


def declared(deployment: list[Record], token: str) -> dict[str, Record]:
    return {item["urn"].rsplit("::", 1)[1]: item["inputs"] for item in deployment if item["type"] == token}


def test_each_filter_counts_what_it_is_about(deployment: list[Record]) -> None:
    found = declared(deployment, FILTER)
    assert set(found) == set(COUNTED)
    for name, (hits, misses) in COUNTED.items():
        for record in hits:
            assert holds(found[name]["pattern"], record), (name, record)
        for record in misses:
            assert not holds(found[name]["pattern"], record), (name, record)


def test_each_rule_that_is_no_alert_matches_what_it_is_about(deployment: list[Record]) -> None:
    found = {
        name: json.loads(inputs["eventPattern"])
        for name, inputs in declared(deployment, RULE).items()
        if not name.startswith(("alert-", "forward-"))  # tests/stacks/aws_detection asks those
    }
    assert set(found) == {*WATCHED, *EVERYTHING}
    for name, (hits, misses) in WATCHED.items():
        for event in hits:
            assert matches(found[name], event), (name, event)
        for event in misses:
            assert not matches(found[name], event), (name, event)
    for name in EVERYTHING:
        assert matches(found[name], okta("user.session.start"))


@pytest.mark.parametrize("bucket", ["ephi-edi", "log-archive", "activity-logs"])
def test_a_stranger_who_weakens_a_store_is_noticed(deployment: list[Record], bucket: str) -> None:
    pattern = declared(deployment, FILTER)["alarm-store-protection-changed"]["pattern"]
    weakened = {"bucketName": f"meridian-prod-{bucket}"}
    assert holds(pattern, call("s3", "DeleteBucketPolicy", requestParameters=weakened))


DIFFERS = {
    ("text-code-used", "entra"),
    ("export-access-granted", "okta"),
    ("export-access-granted", "entra"),
    ("unusual-hours", "okta"),
}
"""Patterns on arrays of objects, which moto's matcher doesn't look into. EventBridge does (User Guide,
"Arrays in event patterns"), and so does the faithful matcher."""


def test_a_second_matcher_agrees_about_the_alerts(deployment: list[Record]) -> None:
    """moto's own matcher: its operation TestEventPattern answers nothing."""
    rules = {name: inputs["eventPattern"] for name, inputs in declared(deployment, RULE).items()}
    second: Any = models
    differing: set[tuple[str, str]] = set()
    for (alert, sender), pair in CASES.items():
        pattern = rules[f"alert-{alert}-{sender}"]
        for event in pair:
            if second.EventPattern.load(pattern).matches_event(event) != matches(json.loads(pattern), event):
                differing.add((alert, sender))
    assert differing == DIFFERS
