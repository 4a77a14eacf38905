"""Questions to the keys' policies."""

from __future__ import annotations

from collections.abc import Iterator

from questions import (
    ADMINISTRATOR,
    AUDITOR,
    CUSTODIAN,
    DATA,
    GRANT,
    GRANTED,
    KEY,
    KEYS,
    LOGS,
    OPERATOR,
    OUTSIDER,
    READER,
    REFUSED,
    SILENT,
    TRAIL,
    Row,
    on,
    person,
    role,
    root,
    service,
    via,
)


def keys() -> Iterator[tuple[str, list[Row]]]:
    keepers: list[Row] = [
        ("lock-out: root can repair the policy", root(KEYS), "kms:PutKeyPolicy", KEY, {}, GRANTED),
        ("root can't use", root(KEYS), "kms:Decrypt", KEY, {}, SILENT),
        ("root can't destroy", root(KEYS), "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
        ("administrators manage", ADMINISTRATOR, "kms:EnableKeyRotation", KEY, {}, GRANTED),
        ("a third can cancel", ADMINISTRATOR, "kms:CancelKeyDeletion", KEY, {}, GRANTED),
        ("administrators don't use", ADMINISTRATOR, "kms:Decrypt", KEY, {}, REFUSED),
        ("administrators don't destroy", ADMINISTRATOR, "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
        ("administrators don't rewrite", ADMINISTRATOR, "kms:PutKeyPolicy", KEY, {}, REFUSED),
        ("auditors look", AUDITOR, "kms:GetKeyPolicy", KEY, {}, GRANTED),
        ("and do not use", AUDITOR, "kms:Decrypt", KEY, {}, SILENT),
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
    yield "readers find the key", READER, "kms:DescribeKey", KEY, {}, GRANTED
    yield "the stream's grants end", deploy, "kms:RetireGrant", KEY, {}, GRANTED
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
