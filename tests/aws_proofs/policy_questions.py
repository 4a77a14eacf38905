"""Questions to every policy document: may this caller do this action on this resource with this context?

A question says what the document answers by itself: `granted`, `refused` (an explicit denial, which also
ends what other policies grant) or `silent` (nothing said: for a document that gives, a no; for one that
only limits, the caller's own policy decides). Names are those of the reference organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from iam_evaluator import Caller, Request

MANAGEMENT, KEYS, LOGS, DATA, PEOPLE = (f"10000000000{number}" for number in range(1, 6))
ORGANISATION = "o-meridian01"
KEY = f"arn:aws:kms:us-east-1:{KEYS}:key/mrk-1"
ISSUER = f"arn:aws:iam::{PEOPLE}:oidc-provider/token.actions.githubusercontent.com"
TRAIL = f"arn:aws:cloudtrail:us-east-1:{LOGS}:trail/meridian-prod-trail"
GRANTED, REFUSED, SILENT = "granted", "refused", "silent"


def role(account: str, name: str) -> Caller:
    return Caller(f"arn:aws:iam::{account}:role/{name}", organization=ORGANISATION)


def person(account: str, permission_set: str) -> Caller:
    """A federated session: the role that IAM Identity Center makes of a permission set."""
    return role(account, f"aws-reserved/sso.amazonaws.com/AWSReservedSSO_{permission_set}_0123456789abcdef")


def service(name: str) -> Caller:
    return Caller(service=f"{name}.amazonaws.com")


def root(account: str) -> Caller:
    return Caller(f"arn:aws:iam::{account}:root", organization=ORGANISATION)


OUTSIDER = Caller("arn:aws:iam::999999999999:role/stranger", organization="o-stranger000")
TOKEN = Caller(federated=ISSUER)
OPERATOR, READER = person(DATA, "EphiDataOperator"), person(LOGS, "LogReader")
ADMINISTRATOR, CUSTODIAN = person(KEYS, "KeyAdministrator"), person(KEYS, "KeyCustodian")
PLAIN_TEXT, OLD_TLS = {"aws:SecureTransport": "false"}, {"s3:TlsVersion": "1.1"}
TLS_NONE = {"aws:SecureTransport": "false", "s3:TlsVersion": "1.3"}
GRANT = {"kms:GrantIsForAWSResource": "false"}


@dataclass(frozen=True)
class Question:
    about: str
    """Glob over documents' labels."""
    why: str
    caller: Caller
    action: str
    resource: str
    context: dict[str, str]
    answer: str

    def request(self) -> Request:
        return Request(self.caller, self.action, self.resource, self.context)


Row = tuple[str, Caller, str, str, dict[str, str], str]


def via(service_: str, region: str = "us-east-1", **context: str) -> dict[str, str]:
    return {"kms:ViaService": f"{service_}.{region}.amazonaws.com", **context}


def on(bucket: str, region: str = "us-east-1") -> dict[str, str]:
    """S3's call to KMS for an object of a bucket."""
    return {**via("s3", region), "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}/837.edi"}


def _keys() -> Iterator[tuple[str, list[Row]]]:
    keepers: list[Row] = [
        ("lock-out: root can repair the policy", root(KEYS), "kms:PutKeyPolicy", KEY, {}, GRANTED),
        ("root can't use", root(KEYS), "kms:Decrypt", KEY, {}, SILENT),
        ("root can't destroy", root(KEYS), "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
        ("administrators manage", ADMINISTRATOR, "kms:EnableKeyRotation", KEY, {}, GRANTED),
        ("a third can cancel", ADMINISTRATOR, "kms:CancelKeyDeletion", KEY, {}, GRANTED),
        ("administrators don't use", ADMINISTRATOR, "kms:Decrypt", KEY, {}, REFUSED),
        ("administrators don't destroy", ADMINISTRATOR, "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
        ("administrators don't rewrite", ADMINISTRATOR, "kms:PutKeyPolicy", KEY, {}, REFUSED),
        ("custodians destroy", CUSTODIAN, "kms:ScheduleKeyDeletion", KEY, {}, GRANTED),
        ("custodians don't use", CUSTODIAN, "kms:GenerateDataKey", KEY, {}, REFUSED),
        (
            "the deployment of keys is a custodian",
            role(KEYS, "kms-custodian"),
            "kms:PutKeyPolicy",
            KEY,
            {},
            GRANTED,
        ),
        ("nobody else of the account", role(KEYS, "AdministratorAccess"), "kms:Decrypt", KEY, {}, SILENT),
        ("nobody else rewrites", role(KEYS, "AdministratorAccess"), "kms:PutKeyPolicy", KEY, {}, REFUSED),
        ("no lasting grants", OPERATOR, "kms:CreateGrant", KEY, GRANT, REFUSED),
        ("nobody from outside", OUTSIDER, "kms:Decrypt", KEY, {}, REFUSED),
        (
            "KMS keeps replicas alike",
            role(
                KEYS,
                "aws-service-role/mrk.kms.amazonaws.com/AWSServiceRoleForKeyManagementServiceMultiRegionKeys",
            ),
            "kms:SynchronizeMultiRegionKey",
            KEY,
            {},
            GRANTED,
        ),
    ]
    yield "key:*", keepers
    for label, bucket, other, copier in (
        (
            "key:key-ephi",
            "meridian-prod-ephi-edi",
            "meridian-prod-ephi-edi-rvbh",
            "meridian-prod-replication",
        ),
        (
            "key:key-client-riverbend-hospital",
            "meridian-prod-ephi-edi-rvbh",
            "meridian-prod-ephi-edi",
            "meridian-prod-replication-rvbh",
        ),
    ):
        for replica, region in (("", "us-east-1"), ("-replica", "us-west-2")):
            mine, foreign = on(bucket + replica, region), on(other + replica, region)
            copies = "kms:Encrypt" if replica else "kms:Decrypt"
            yield (
                f"{label}{replica}",
                [
                    ("an operator reads", OPERATOR, "kms:Decrypt", KEY, mine, GRANTED),
                    ("in an emergency too", person(DATA, "BreakGlass"), "kms:Decrypt", KEY, mine, GRANTED),
                    (
                        "without Identity Center",
                        role(DATA, "billing-identity-break-glass"),
                        "kms:Decrypt",
                        KEY,
                        mine,
                        GRANTED,
                    ),
                    ("another client's store", OPERATOR, "kms:Decrypt", KEY, foreign, SILENT),
                    ("not beside S3", OPERATOR, "kms:Decrypt", KEY, {**mine, **via("ec2", region)}, SILENT),
                    ("users don't manage", OPERATOR, "kms:TagResource", KEY, {}, REFUSED),
                    ("copies are made", role(DATA, copier), copies, KEY, mine, GRANTED),
                    ("from nowhere else", role(DATA, copier), copies, KEY, foreign, SILENT),
                    ("log readers read logs", READER, "kms:Decrypt", KEY, mine, SILENT),
                ],
            )
    for replica, region in (("", "us-east-1"), ("-replica", "us-west-2")):
        yield f"key:key-logs{replica}", list(_log_key(region))


def _log_key(region: str) -> Iterator[Row]:
    deploy, firehose = role(LOGS, "billing-identity-deploy"), via("firehose", region)
    for_aws = {**firehose, "kms:GrantIsForAWSResource": "true"}
    mine, strange = {"aws:SourceAccount": LOGS}, {"aws:SourceAccount": "999999999999"}
    trail = {"aws:SourceArn": TRAIL, "kms:EncryptionContext:aws:cloudtrail:arn": TRAIL}
    other_trail = {**trail, "aws:SourceArn": TRAIL.replace(LOGS, "999999999999")}
    group = f"arn:aws:logs:{region}:{LOGS}:log-group:/billing-identity/prod/trail"
    writer = role(LOGS, "meridian-prod-event-delivery")
    activity, results = (
        on("meridian-prod-activity-logs", region),
        on("meridian-prod-log-search-results", region),
    )
    yield "readers read", READER, "kms:Decrypt", KEY, via("logs", region), GRANTED
    yield "readers don't manage", READER, "kms:TagResource", KEY, {}, REFUSED
    yield "operators don't read logs", OPERATOR, "kms:Decrypt", KEY, via("s3", region), SILENT
    yield "writers write", writer, "kms:GenerateDataKey", KEY, activity, GRANTED
    yield "only there", writer, "kms:GenerateDataKey", KEY, results, SILENT
    yield "answers are written", READER, "kms:GenerateDataKey", KEY, results, GRANTED
    yield "the stream is encrypted", deploy, "kms:GenerateDataKey", KEY, firehose, GRANTED
    yield "by a grant for AWS", deploy, "kms:CreateGrant", KEY, for_aws, GRANTED
    yield "the deployment reads nothing", deploy, "kms:Decrypt", KEY, firehose, SILENT
    siem = role(LOGS, "meridian-prod-siem-reader")
    yield "the SIEM takes notices", siem, "kms:Decrypt", KEY, via("sqs", region), GRANTED
    yield "and encrypts nothing", siem, "kms:Encrypt", KEY, via("sqs", region), SILENT
    logs = service(f"logs.{region}")
    context = "kms:EncryptionContext:aws:logs:arn"
    yield "named log groups", logs, "kms:Encrypt", KEY, {context: group}, GRANTED
    yield "no others", logs, "kms:Encrypt", KEY, {context: group.replace("billing", "other")}, SILENT
    yield "the trail", service("cloudtrail"), "kms:GenerateDataKey", KEY, trail, GRANTED
    yield "confused deputy", service("cloudtrail"), "kms:GenerateDataKey", KEY, other_trail, SILENT
    yield "looks up", service("cloudtrail"), "kms:DescribeKey", KEY, trail, GRANTED
    yield "alarms reach topics", service("cloudwatch"), "kms:GenerateDataKey", KEY, {}, GRANTED
    for name in ("config", "delivery.logs"):
        yield f"{name} of own accounts", service(name), "kms:GenerateDataKey", KEY, mine, GRANTED
        yield f"{name}: confused deputy", service(name), "kms:GenerateDataKey", KEY, strange, SILENT
    yield "own buses", service("events"), "kms:DescribeKey", KEY, mine, GRANTED
    yield "no strange bus", service("events"), "kms:DescribeKey", KEY, strange, SILENT


def _bucket(name: str, account: str, region: str) -> Iterator[Row]:
    bucket, thing = f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/a/837.edi"
    deploy = role(account, "billing-identity-deploy")
    somebody = role(account, "somebody")
    yield "own policy decides", somebody, "s3:GetObject", thing, {}, SILENT
    yield "no TLS", somebody, "s3:GetObject", thing, TLS_NONE, REFUSED
    yield "old TLS", somebody, "s3:GetObject", thing, OLD_TLS, REFUSED
    yield "nobody from outside", OUTSIDER, "s3:GetObject", thing, {}, REFUSED
    yield "no shorter retention", deploy, "s3:PutObjectRetention", thing, {}, REFUSED
    yield "nobody bypasses", root(account), "s3:BypassGovernanceRetention", thing, {}, REFUSED
    yield "the deployment protects", deploy, "s3:PutBucketVersioning", bucket, {}, SILENT
    yield "nobody else unprotects", somebody, "s3:PutBucketVersioning", bucket, {}, REFUSED
    yield "nor root", root(account), "s3:DeleteBucketPolicy", bucket, {}, REFUSED


def _encrypted(name: str, account: str, region: str, writer: Caller) -> Iterator[Row]:
    thing = f"arn:aws:s3:::{name}/a/837.edi"
    algorithm, key = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
    right = {algorithm: "aws:kms", key: f"arn:aws:kms:{region}:{KEYS}:key/mrk-1"}
    yield "the right key", writer, "s3:PutObject", thing, right, SILENT
    yield "the default key", writer, "s3:PutObject", thing, {}, SILENT
    yield "another algorithm", writer, "s3:PutObject", thing, {**right, algorithm: "AES256"}, REFUSED
    wrong = f"arn:aws:kms:{region}:{account}:key/mrk-1"
    yield "wrong key", writer, "s3:PutObject", thing, {**right, key: wrong}, REFUSED
    customers = {"s3:x-amz-server-side-encryption-customer-algorithm": "AES256"}
    yield "the caller's key", writer, "s3:PutObject", thing, customers, REFUSED


def _buckets() -> Iterator[tuple[str, list[Row]]]:
    for suffix, code in (("", ""), ("-riverbend-hospital", "-rvbh")):
        for store in ("edi", "exports", "landing", "scans"):
            for replica, region in (("", "us-east-1"), ("-replica", "us-west-2")):
                name = f"meridian-prod-ephi-{store}{code}{replica}"
                yield (
                    f"bucket:ephi-{store}{suffix}{replica}",
                    [*_bucket(name, DATA, region), *_encrypted(name, DATA, region, OPERATOR)],
                )
    for label, name, account, region, source in (
        ("data-access", "meridian-prod-data-access-logs", DATA, "us-east-1", "meridian-prod-ephi-edi"),
        (
            "data-access-replica",
            "meridian-prod-data-access-logs-replica",
            DATA,
            "us-west-2",
            "meridian-prod-ephi-edi-replica",
        ),
        ("logs-access", "meridian-prod-logs-access-logs", LOGS, "us-east-1", "meridian-prod-log-archive"),
    ):
        log = f"arn:aws:s3:::{name}/a"
        from_here = {"aws:SourceArn": f"arn:aws:s3:::{source}", "aws:SourceAccount": account}
        logging = service("logging.s3")
        yield (
            f"bucket:{label}",
            [
                *_bucket(name, account, region),
                ("access logs arrive", logging, "s3:PutObject", log, from_here, GRANTED),
                (
                    "confused deputy",
                    logging,
                    "s3:PutObject",
                    log,
                    {**from_here, "aws:SourceAccount": "9"},
                    SILENT,
                ),
                ("logs stay", role(account, "billing-identity-deploy"), "s3:DeleteObject", log, {}, REFUSED),
            ],
        )
    acl = {"s3:x-amz-acl": "bucket-owner-full-control"}
    name, mine = "meridian-prod-log-archive", {"aws:SourceAccount": DATA}
    bucket, files = f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/AWSLogs"
    trail, strange = {"aws:SourceArn": TRAIL, **acl}, {"aws:SourceArn": TRAIL.replace(LOGS, "9" * 12), **acl}
    org = f"{files}/{ORGANISATION}/CloudTrail/a"
    snapshot = f"{files}/{DATA}/Config/a"
    yield (
        "bucket:log-archive",
        [
            *_bucket(name, LOGS, "us-east-1"),
            *_encrypted(name, LOGS, "us-east-1", service("config")),
            ("the trail looks", service("cloudtrail"), "s3:GetBucketAcl", bucket, trail, GRANTED),
            ("the trail writes", service("cloudtrail"), "s3:PutObject", org, trail, GRANTED),
            ("confused deputy", service("cloudtrail"), "s3:PutObject", org, strange, SILENT),
            ("Config looks", service("config"), "s3:GetBucketAcl", bucket, mine, GRANTED),
            ("Config writes", service("config"), "s3:PutObject", snapshot, {**mine, **acl}, GRANTED),
            ("elsewhere not", service("config"), "s3:PutObject", org, {**mine, **acl}, SILENT),
            ("people don't write", role(LOGS, "billing-identity-deploy"), "s3:PutObject", org, {}, REFUSED),
            ("logs stay", root(LOGS), "s3:DeleteObjectVersion", org, {}, REFUSED),
        ],
    )
    name = "meridian-prod-activity-logs"
    bucket, thing = f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/AWSLogs/{DATA}/vpcflowlogs/a"
    writer = role(LOGS, "meridian-prod-log-collector")
    delivery = service("delivery.logs")
    yield (
        "bucket:activity-logs",
        [
            *_bucket(name, LOGS, "us-east-1"),
            *_encrypted(name, LOGS, "us-east-1", writer),
            ("flow logs look", delivery, "s3:GetBucketAcl", bucket, mine, GRANTED),
            ("flow logs arrive", delivery, "s3:PutObject", thing, {**mine, **acl}, GRANTED),
            ("confused deputy", delivery, "s3:PutObject", thing, {**acl, "aws:SourceAccount": "9"}, SILENT),
            ("only named writers", READER, "s3:PutObject", thing, {}, REFUSED),
            ("logs stay", writer, "s3:DeleteObject", thing, {}, REFUSED),
        ],
    )
    name = "meridian-prod-log-search-results"
    yield (
        "bucket:log-search-results",
        [*_bucket(name, LOGS, "us-east-1"), *_encrypted(name, LOGS, "us-east-1", READER)],
    )


def _resources() -> Iterator[tuple[str, list[Row]]]:
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


def _trusts() -> Iterator[tuple[str, list[Row]]]:
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

    for purpose, account in (("keys", KEYS), ("logs", LOGS), ("data", DATA), ("workforce", PEOPLE)):
        yield by_role(
            f"trust:break-glass-{purpose}",
            role(MANAGEMENT, "sealed-hardware-keys"),
            role(account, "somebody"),
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
    siem = Caller("arn:aws:iam::100000000009:role/splunk", organization=None)
    agreed, other = {"sts:ExternalId": "meridian-splunk-2026"}, {"sts:ExternalId": "another-customer"}
    yield (
        "trust:siem-reader",
        [
            ("with the agreed id", siem, take, "*", agreed, GRANTED),
            ("for another customer", siem, take, "*", other, SILENT),
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


STORE, ARCHIVE = "arn:aws:s3:::meridian-prod-ephi-edi", "arn:aws:s3:::meridian-prod-log-archive"
ACTIVITY, RESULTS = (
    "arn:aws:s3:::meridian-prod-activity-logs",
    "arn:aws:s3:::meridian-prod-log-search-results",
)


def _emergency(who: Caller) -> list[Row]:
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


def _auditing(who: Caller) -> list[Row]:
    return [
        ("reads settings", who, "guardduty:GetDetector", "*", {}, GRANTED),
        ("no ePHI", who, "s3:GetObject", f"{STORE}/a", {}, REFUSED),
        ("no keys", who, "kms:Decrypt", KEY, via("s3"), REFUSED),
        ("no secrets", who, "secretsmanager:GetSecretValue", "*", {}, REFUSED),
        ("changes nothing", who, "s3:PutBucketPolicy", STORE, {}, SILENT),
    ]


def _roles() -> Iterator[tuple[str, list[Row]]]:
    for purpose, account in (("keys", KEYS), ("logs", LOGS), ("data", DATA), ("workforce", PEOPLE)):
        yield f"role:break-glass-{purpose}", _emergency(role(account, "billing-identity-break-glass"))
        who = role(account, "billing-identity-read")
        yield (
            f"role:reader-{purpose}",
            [
                *_auditing(who),
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


def _sets() -> Iterator[tuple[str, list[Row]]]:
    yield "set:set-break-glass", _emergency(person(DATA, "BreakGlass"))
    yield "set:set-security-auditor", _auditing(person(DATA, "SecurityAuditor"))
    yield (
        "set:set-ephi-data-operator",
        [
            ("finds stores", OPERATOR, "s3:ListBucket", STORE, {}, GRANTED),
            ("sees names", OPERATOR, "s3:ListAllMyBuckets", "*", {}, GRANTED),
            ("reads", OPERATOR, "s3:GetObject", f"{STORE}/a", {}, GRANTED),
            ("deletes nothing", OPERATOR, "s3:DeleteObject", f"{STORE}/a", {}, SILENT),
            ("reads no logs", OPERATOR, "s3:GetObject", f"{ARCHIVE}/a", {}, SILENT),
            ("decrypts through S3", OPERATOR, "kms:Decrypt", KEY, via("s3"), GRANTED),
            ("not by itself", OPERATOR, "kms:Decrypt", KEY, {}, SILENT),
        ],
    )
    alias = f"arn:aws:kms:us-east-1:{KEYS}:alias/meridian-prod-ephi"
    yield (
        "set:set-key-administrator",
        [
            ("manages", ADMINISTRATOR, "kms:EnableKeyRotation", KEY, {}, GRANTED),
            ("points an alias", ADMINISTRATOR, "kms:UpdateAlias", alias, {}, GRANTED),
            ("finds", ADMINISTRATOR, "kms:ListKeys", "*", {}, GRANTED),
            ("administrator using data", ADMINISTRATOR, "kms:Decrypt", KEY, via("s3"), SILENT),
            ("reads no ePHI", ADMINISTRATOR, "s3:GetObject", f"{STORE}/a", {}, SILENT),
            ("doesn't destroy", ADMINISTRATOR, "kms:ScheduleKeyDeletion", KEY, {}, SILENT),
        ],
    )
    yield (
        "set:set-key-custodian",
        [
            ("destroys", CUSTODIAN, "kms:ScheduleKeyDeletion", KEY, {}, GRANTED),
            ("with its alias", CUSTODIAN, "kms:DeleteAlias", alias, {}, GRANTED),
            ("finds", CUSTODIAN, "kms:ListKeys", "*", {}, GRANTED),
            ("doesn't use", CUSTODIAN, "kms:Decrypt", KEY, via("s3"), SILENT),
        ],
    )
    group = f"arn:aws:logs:us-east-1:{LOGS}:log-group:/billing-identity/prod/trail"
    table = f"arn:aws:glue:us-east-1:{LOGS}:table/meridian_prod_logs/cloudtrail"
    workgroup = f"arn:aws:athena:us-east-1:{LOGS}:workgroup/meridian-prod-log-search"
    yield (
        "set:set-log-reader",
        [
            ("finds", READER, "s3:ListBucket", ARCHIVE, {}, GRANTED),
            ("reads", READER, "s3:GetObject", f"{ARCHIVE}/a", {}, GRANTED),
            ("decrypts through S3", READER, "kms:Decrypt", KEY, via("s3"), GRANTED),
            ("not by itself", READER, "kms:Decrypt", KEY, {}, SILENT),
            ("writes answers", READER, "s3:PutObject", f"{RESULTS}/a", {}, GRANTED),
            ("no logs", READER, "s3:PutObject", f"{ARCHIVE}/a", {}, SILENT),
            ("encrypts answers", READER, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("asks", READER, "athena:StartQueryExecution", workgroup, {}, GRANTED),
            (
                "there only",
                READER,
                "athena:StartQueryExecution",
                workgroup.replace("log-search", "x"),
                {},
                SILENT,
            ),
            ("reads tables", READER, "glue:GetTable", table, {}, GRANTED),
            ("reads groups", READER, "logs:FilterLogEvents", group, {}, GRANTED),
            ("sees alarms", READER, "cloudwatch:DescribeAlarms", "*", {}, GRANTED),
            ("reads no ePHI", READER, "s3:GetObject", f"{STORE}/a", {}, SILENT),
        ],
    )
    network, east = person(DATA, "NetworkOperator"), {"aws:RequestedRegion": "us-east-1"}
    yield (
        "set:set-network-operator",
        [
            ("routes", network, "ec2:CreateRoute", "*", east, GRANTED),
            ("elsewhere not", network, "ec2:CreateRoute", "*", {"aws:RequestedRegion": "eu-west-1"}, SILENT),
            ("flow logs stay", network, "ec2:DeleteFlowLogs", "*", east, REFUSED),
            ("no data", network, "s3:GetObject", f"{STORE}/a", east, REFUSED),
        ],
    )


def _limits() -> Iterator[tuple[str, list[Row]]]:
    for purpose, account in (("keys", KEYS), ("logs", LOGS), ("data", DATA)):
        who = role(account, "meridian-prod-service")
        yield (
            f"boundary:guards-{purpose}",
            [
                ("the role's own grants", who, "s3:GetObject", f"{STORE}/a", {}, GRANTED),
                ("no identities", who, "iam:CreateRole", "*", {}, REFUSED),
                ("no keys' ends", who, "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
                ("no lasting grants", who, "kms:CreateGrant", KEY, GRANT, REFUSED),
                ("no blinding", who, "cloudtrail:StopLogging", "*", {}, REFUSED),
                ("no weaker stores", who, "s3:PutBucketPolicy", STORE, {}, REFUSED),
            ],
        )
    for purpose, account in (("keys", KEYS), ("logs", LOGS), ("data", DATA), ("workforce", PEOPLE)):
        who = person(account, "SecurityAuditor")
        deploy = f"arn:aws:iam::{account}:role/billing-identity-deploy"
        yield (
            f"boundary:workforce-boundary-{purpose}",
            [
                ("the set's own grants", who, "s3:GetObject", f"{STORE}/a", {}, GRANTED),
                ("no blinding", who, "guardduty:DeleteDetector", "*", {}, REFUSED),
                ("no identities", who, "iam:CreateUser", "*", {}, REFUSED),
                ("not the deployment", who, "sts:AssumeRole", deploy, {}, REFUSED),
            ],
        )
    deploy, custodian = role(DATA, "billing-identity-deploy"), role(KEYS, "kms-custodian")
    yield (
        "control:guardrails-audit",
        [
            ("people work", OPERATOR, "s3:GetObject", f"{STORE}/a", {}, SILENT),
            ("nobody leaves", deploy, "organizations:LeaveOrganization", "*", {}, REFUSED),
            ("nobody blinds", OPERATOR, "cloudtrail:StopLogging", "*", {}, REFUSED),
            ("the deployment changes logging", deploy, "cloudtrail:UpdateTrail", "*", {}, SILENT),
            ("and deletes none", deploy, "cloudtrail:DeleteTrail", "*", {}, REFUSED),
            ("deletion by the custodian", custodian, "kms:ScheduleKeyDeletion", KEY, {}, SILENT),
            ("by nobody else", deploy, "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
            ("no root", root(DATA), "s3:ListAllMyBuckets", "*", {}, REFUSED),
            (
                "central root sessions",
                root(DATA),
                "iam:DeleteLoginProfile",
                "*",
                {"aws:AssumedRoot": "true"},
                SILENT,
            ),
        ],
    )
    east, europe = {"aws:RequestedRegion": "us-east-1"}, {"aws:RequestedRegion": "eu-west-1"}
    yield (
        "control:guardrails-place",
        [
            ("here", OPERATOR, "ec2:RunInstances", "*", east, SILENT),
            ("not there", OPERATOR, "ec2:RunInstances", "*", europe, REFUSED),
            ("no unlisted service", OPERATOR, "gamelift:CreateFleet", "*", east, REFUSED),
        ],
    )
    yield (
        "control:guardrails-identity",
        [
            ("roles are made", deploy, "iam:CreateRole", "*", {}, SILENT),
            ("no users", deploy, "iam:CreateUser", "*", {}, REFUSED),
            ("nobody changes federation", OPERATOR, "iam:CreateSAMLProvider", "*", {}, REFUSED),
            ("the deployment does", deploy, "iam:CreateSAMLProvider", "*", {}, SILENT),
            ("no bare volume", OPERATOR, "ec2:CreateVolume", "*", {"ec2:Encrypted": "false"}, REFUSED),
            (
                "no bare database",
                deploy,
                "rds:CreateDBInstance",
                "*",
                {"rds:StorageEncrypted": "false"},
                REFUSED,
            ),
            (
                "no bare file system",
                deploy,
                "elasticfilesystem:CreateFileSystem",
                "*",
                {"elasticfilesystem:Encrypted": "false"},
                REFUSED,
            ),
            ("the default stays", deploy, "ec2:DisableEbsEncryptionByDefault", "*", {}, REFUSED),
            ("nothing is shared", deploy, "ec2:ModifySnapshotAttribute", "*", {}, REFUSED),
        ],
    )
    trail = service("cloudtrail")
    ours = {"aws:SourceAccount": LOGS, "aws:SourceOrgID": ORGANISATION}
    yield (
        "control:guardrails-resources",
        [
            ("own people", OPERATOR, "s3:GetObject", f"{STORE}/a", {}, SILENT),
            ("nobody from outside", OUTSIDER, "s3:GetObject", f"{STORE}/a", {}, REFUSED),
            ("own trail", trail, "s3:PutObject", f"{ARCHIVE}/a", ours, SILENT),
            (
                "confused deputy",
                trail,
                "s3:PutObject",
                f"{ARCHIVE}/a",
                {**ours, "aws:SourceOrgID": "o-x"},
                REFUSED,
            ),
            ("no TLS", OPERATOR, "kms:Decrypt", KEY, PLAIN_TEXT, REFUSED),
        ],
    )


def questions() -> list[Question]:
    """Every question, with its answer."""
    found: list[Question] = []
    for part in (_keys, _buckets, _resources, _trusts, _roles, _sets, _limits):
        for about, rows in part():
            found += [Question(about, *row) for row in rows]
    return found


def asked_of(label: str, every: list[Question]) -> list[Question]:
    """The questions that are about a document."""
    return [question for question in every if fnmatchcase(label, question.about)]


def permits(kind: str, question: Question) -> bool:
    """Whether the answer lets the call happen, the caller's own policy granting it."""
    limits: Any = kind in ("bucket", "control", "vault")
    return question.answer == GRANTED or (
        limits and question.answer == SILENT and not question.caller.service
    )
