"""Questions to permission sets, boundaries and control policies."""

from __future__ import annotations

from collections.abc import Iterator

from questions import (
    ADMINISTRATOR,
    ARCHIVE,
    CUSTODIAN,
    DATA,
    GRANT,
    GRANTED,
    KEY,
    KEYS,
    LOGS,
    OPERATOR,
    ORGANISATION,
    OUTSIDER,
    PLACES,
    PLAIN_TEXT,
    READER,
    REFUSED,
    RESULTS,
    SIEM,
    SILENT,
    STORE,
    Row,
    person,
    role,
    root,
    service,
    via,
)
from role_questions import auditing_rows, emergency_rows


def sets() -> Iterator[tuple[str, list[Row]]]:
    yield "set:set-break-glass", emergency_rows(person(DATA, "BreakGlass"))
    yield "set:set-security-auditor", auditing_rows(person(DATA, "SecurityAuditor"))
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


def limits() -> Iterator[tuple[str, list[Row]]]:
    for purpose, account in PLACES:
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
    for purpose, account in PLACES:
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
            ("nobody silences", OPERATOR, "events:DisableRule", "*", {}, REFUSED),
            (
                "backups end their rules",
                role(DATA, "meridian-prod-backup"),
                "events:DeleteRule",
                "*",
                {},
                SILENT,
            ),
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
            ("no role from outside", OUTSIDER, "sts:AssumeRole", "*", {}, REFUSED),
            ("but the SIEM's", SIEM, "sts:AssumeRole", "*", {}, SILENT),
            ("own roles", OPERATOR, "sts:AssumeRole", "*", {}, SILENT),
            ("services", service("backup"), "sts:AssumeRole", "*", {}, SILENT),
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
