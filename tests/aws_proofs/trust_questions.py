"""Questions to roles' trust."""

from __future__ import annotations

from collections.abc import Iterator

from iam_evaluator import Caller
from questions import (
    DATA,
    GRANTED,
    ISSUER,
    LOGS,
    MANAGEMENT,
    OPERATOR,
    OUTSIDER,
    PEOPLE,
    PLACES,
    SIEM,
    SILENT,
    TOKEN,
    TRAIL,
    Row,
    role,
    service,
)


def trusts() -> Iterator[tuple[str, list[Row]]]:
    take = "sts:AssumeRole"

    def by_role(label: str, right: Caller, wrong: Caller) -> tuple[str, list[Row]]:
        return label, [
            ("the named role", right, take, "*", {}, GRANTED),
            ("another role", wrong, take, "*", {}, SILENT),
            ("nobody from outside", OUTSIDER, take, "*", {}, SILENT),
        ]

    def by_service(label: str, name: str, source: str, account: str, wrong: str) -> tuple[str, list[Row]]:
        right = {"aws:SourceArn": source, "aws:SourceAccount": account}
        return label, [
            ("the service", service(name), take, "*", right, GRANTED),
            ("confused deputy", service(name), take, "*", {**right, "aws:SourceAccount": "9" * 12}, SILENT),
            ("another source", service(name), take, "*", {**right, "aws:SourceArn": wrong}, SILENT),
            ("another service", service("lambda"), take, "*", right, SILENT),
            ("people", OPERATOR, take, "*", right, SILENT),
        ]

    for purpose, account in PLACES:
        yield by_role(
            f"trust:break-glass-{purpose}",
            role(MANAGEMENT, "sealed-hardware-keys"),
            Caller(role(MANAGEMENT, "sealed-hardware-keys").arn, organization=None),
        )
        yield by_role(
            f"trust:reader-{purpose}",
            role(PEOPLE, "meridian-prod-ci-preview"),
            role(PEOPLE, "meridian-prod-ci-deploy"),
        )
        strange = "999999999999"
        rule = f"arn:aws:events:us-east-1:{account}:rule/a"
        yield by_service(
            f"trust:event-forwarding-{purpose}", "events", rule, account, rule.replace(account, strange)
        )
        recorder = f"arn:aws:config:us-east-1:{account}:recorder"
        yield by_service(
            f"trust:config-recorder-{purpose}",
            "config",
            recorder,
            account,
            recorder.replace(account, strange),
        )
    yield by_role("trust:log-collector", role(DATA, "meridian-prod-log-export"), OPERATOR)
    task = f"arn:aws:ecs:us-east-1:{DATA}:*"
    yield by_service("trust:log-export", "ecs-tasks", task, DATA, task.replace(DATA, "999999999999"))
    agreed, other = {"sts:ExternalId": "meridian-splunk-2026"}, {"sts:ExternalId": "another-customer"}
    yield (
        "trust:siem-reader",
        [
            ("with the agreed id", SIEM, take, "*", agreed, GRANTED),
            ("for another customer", SIEM, take, "*", other, SILENT),
            ("another account", OUTSIDER, take, "*", agreed, SILENT),
        ],
    )
    aud, sub = (f"token.actions.githubusercontent.com:{name}" for name in ("aud", "sub"))
    for label, subject in (("ci-preview", "pull_request"), ("ci-deploy", "environment:prod")):
        right = {aud: "sts.amazonaws.com", sub: f"repo:meridian-revenue/identity:{subject}"}
        verb = "sts:AssumeRoleWithWebIdentity"
        yield (
            f"trust:{label}",
            [
                ("the pipeline", TOKEN, verb, "*", right, GRANTED),
                ("a fork", TOKEN, verb, "*", {**right, sub: f"repo:stranger/identity:{subject}"}, SILENT),
                (
                    "a branch",
                    TOKEN,
                    verb,
                    "*",
                    {**right, sub: "repo:meridian-revenue/identity:ref:x"},
                    SILENT,
                ),
                ("another audience", TOKEN, verb, "*", {**right, aud: "https://github.com/x"}, SILENT),
                ("another issuer", Caller(federated=ISSUER + ".example"), verb, "*", right, SILENT),
            ],
        )
    for label, code in (("replication", ""), ("replication-riverbend-hospital", "-rvbh")):
        store = f"arn:aws:s3:::meridian-prod-ephi-edi{code}"
        other = "arn:aws:s3:::meridian-prod-ephi-edi" + ("" if code else "-rvbh")
        yield by_service(f"trust:{label}", "s3", store, DATA, other)
    yield by_service("trust:trail-delivery", "cloudtrail", TRAIL, LOGS, TRAIL.replace("prod", "test"))
    stream = f"arn:aws:firehose:us-east-1:{LOGS}:deliverystream/meridian-prod-events"
    yield by_service("trust:event-delivery", "firehose", stream, LOGS, stream + "-2")
    rule = f"arn:aws:events:us-east-1:{LOGS}:rule/a"
    yield by_service("trust:events-to-stream", "events", rule, LOGS, rule.replace("us-east-1", "eu-west-1"))
