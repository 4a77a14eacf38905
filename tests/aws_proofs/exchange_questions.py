"""Questions to the keys and stores of exchange and backups; `questions` says how to read them."""

from __future__ import annotations

from collections.abc import Iterator

import exchange_role_questions
from bucket_questions import bucket_rows, encrypted_rows
from exchange_names import BACKUP, DEPLOY, EDI, OWN, RESTORE, REVIEWER, SCANNER, SFTP, SHARED, UPLOAD
from questions import (
    COPIES,
    DATA,
    GRANTED,
    KEY,
    OLD_TLS,
    OPERATOR,
    REFUSED,
    SILENT,
    TLS_NONE,
    Row,
    on,
    role,
    root,
    service,
    via,
)

LINKED = role(COPIES, "aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup")
CLEAN = {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"}
SICK = {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "THREATS_FOUND"}


def _keys() -> Iterator[tuple[str, list[Row]]]:
    aws_resource = {"kms:GrantIsForAWSResource": "true"}
    for label, exchange, other, edi in (
        ("key:key-ephi", SHARED, OWN, EDI),
        ("key:key-client-riverbend-hospital", OWN, SHARED, f"{EDI}-rvbh"),
    ):
        yield (
            label,
            [
                ("the scanner reads", SCANNER, "kms:Decrypt", KEY, on(exchange), GRANTED),
                ("not another's store", SCANNER, "kms:Decrypt", KEY, on(other), SILENT),
                ("not a store that keeps", SCANNER, "kms:Decrypt", KEY, on(edi), SILENT),
                ("partners bring", SFTP, "kms:GenerateDataKey", KEY, on(exchange), GRANTED),
                ("partners fetch", SFTP, "kms:Decrypt", KEY, on(exchange), GRANTED),
                ("partners: another's key", SFTP, "kms:GenerateDataKey", KEY, on(other), SILENT),
                ("uploads encrypt", UPLOAD, "kms:GenerateDataKey", KEY, on(exchange), GRANTED),
                ("uploads read nothing", UPLOAD, "kms:Decrypt", KEY, on(exchange), SILENT),
                ("backups read what keeps", BACKUP, "kms:Decrypt", KEY, on(edi), GRANTED),
                ("backups never take the quarantine", BACKUP, "kms:Decrypt", KEY, on(exchange), SILENT),
                ("backups change nothing", BACKUP, "kms:GenerateDataKey", KEY, on(edi), SILENT),
            ],
        )
    for replica, region in (("", "us-east-1"), ("-replica", "us-west-2")):
        volume = via("ec2", region)
        yield (
            f"key:key-ephi{replica}",
            [
                ("volumes are encrypted", DEPLOY, "kms:GenerateDataKey", KEY, volume, GRANTED),
                ("by grants for AWS", DEPLOY, "kms:CreateGrant", KEY, {**volume, **aws_resource}, GRANTED),
                ("which end", DEPLOY, "kms:RetireGrant", KEY, {}, GRANTED),
                ("users find the key", DEPLOY, "kms:DescribeKey", KEY, {}, GRANTED),
                ("the deployment reads no store", DEPLOY, "kms:Decrypt", KEY, on(EDI, region), SILENT),
            ],
        )
    for label in ("key:key-backup", "key:key-client-riverbend-hospital"):
        for replica, region in (("", "us-east-1"), ("-replica", "us-west-2")):
            vault = via("backup", region)
            yield (
                f"{label}{replica}",
                [
                    ("backups are encrypted", BACKUP, "kms:GenerateDataKey", KEY, vault, GRANTED),
                    ("restores decrypt", RESTORE, "kms:Decrypt", KEY, vault, GRANTED),
                    ("grants for AWS", BACKUP, "kms:CreateGrant", KEY, {**vault, **aws_resource}, GRANTED),
                    ("grants end", BACKUP, "kms:RetireGrant", KEY, {}, GRANTED),
                    ("operators don't", OPERATOR, "kms:Decrypt", KEY, vault, SILENT),
                    ("users find the key", RESTORE, "kms:DescribeKey", KEY, {}, GRANTED),
                    ("not beside the service", BACKUP, "kms:Decrypt", KEY, via("ec2", region), SILENT),
                    ("users don't manage", BACKUP, "kms:TagResource", KEY, {}, REFUSED),
                    ("users don't destroy", RESTORE, "kms:ScheduleKeyDeletion", KEY, {}, REFUSED),
                ],
            )
        west = via("backup", "us-west-2")
        yield (
            f"{label}-replica",
            [
                ("AWS Backup in the copies' account", LINKED, "kms:Decrypt", KEY, west, GRANTED),
                ("ends its grants", LINKED, "kms:RetireGrant", KEY, {}, GRANTED),
                ("by grants for AWS", LINKED, "kms:CreateGrant", KEY, {**west, **aws_resource}, GRANTED),
                ("nobody else there", role(COPIES, "admin"), "kms:Decrypt", KEY, west, SILENT),
            ],
        )
        yield label, [("copies' account: not here", LINKED, "kms:Decrypt", KEY, via("backup"), SILENT)]
    yield (
        "key:key-backup",
        [
            ("what a test restores", RESTORE, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("operators restore nothing", OPERATOR, "kms:GenerateDataKey", KEY, via("s3"), SILENT),
        ],
    )
    context = "kms:EncryptionContext:aws:logs:arn"
    group = f"arn:aws:logs:us-east-1:{DATA}:log-group:/aws/vendedlogs/billing-identity/prod/exchange"
    logs = service("logs.us-east-1")
    yield (
        "key:key-logs",
        [
            ("the log of sessions", logs, "kms:Encrypt", KEY, {context: group}, GRANTED),
            ("no other of the data account", logs, "kms:Encrypt", KEY, {context: group + "-2"}, SILENT),
        ],
    )


def _stores() -> Iterator[tuple[str, list[Row]]]:
    notify = "s3:PutBucketNotification"
    for suffix, code in (("", ""), ("-riverbend-hospital", "-rvbh")):
        for replica, region in (("", "us-east-1"), ("-replica", "us-west-2")):
            name = f"{SHARED}{code}{replica}"
            thing = f"arn:aws:s3:::{name}/rvbh/claims-to-waystar/in/837.edi"
            bucket = f"arn:aws:s3:::{name}"
            tag, untag = "s3:PutObjectTagging", "s3:DeleteObjectTagging"
            # What `bucket_rows` asks of stores that keep holds here of what was found clean.
            common = [
                (why, caller, action, target, {**context, **CLEAN}, answer)
                for why, caller, action, target, context, answer in bucket_rows(name, DATA, region)
            ]
            yield (
                f"bucket:ephi-exchange{suffix}{replica}",
                [
                    *common,
                    *encrypted_rows(name, DATA, region, SFTP),
                    ("unscanned is not read", OPERATOR, "s3:GetObject", thing, {}, REFUSED),
                    ("nor an old version", OPERATOR, "s3:GetObjectVersion", thing, {}, REFUSED),
                    ("malware is not read", OPERATOR, "s3:GetObject", thing, SICK, REFUSED),
                    ("not by the deployment", DEPLOY, "s3:GetObject", thing, {}, REFUSED),
                    ("not by root", root(DATA), "s3:GetObject", thing, {}, REFUSED),
                    ("not by its partner", SFTP, "s3:GetObject", thing, {}, REFUSED),
                    ("clean is", OPERATOR, "s3:GetObject", thing, CLEAN, SILENT),
                    ("the scanner reads first", SCANNER, "s3:GetObjectVersion", thing, {}, SILENT),
                    ("a reviewer looks", REVIEWER, "s3:GetObject", thing, SICK, SILENT),
                    ("over TLS only", SCANNER, "s3:GetObject", thing, TLS_NONE, REFUSED),
                    ("over TLS 1.2", SFTP, "s3:PutObject", thing, OLD_TLS, REFUSED),
                    ("the scanner tags", SCANNER, tag, thing, {}, SILENT),
                    ("whoever brings does not", SFTP, tag, thing, {}, REFUSED),
                    ("nor a reviewer", REVIEWER, untag, thing, {}, REFUSED),
                    ("nor the deployment", DEPLOY, "s3:PutObjectVersionTagging", thing, {}, REFUSED),
                    ("the scanner hears", SCANNER, notify, bucket, {}, SILENT),
                    ("and unprotects nothing", SCANNER, "s3:DeleteBucketPolicy", bucket, {}, REFUSED),
                    ("others don't change events", OPERATOR, notify, bucket, {}, REFUSED),
                ],
            )
            for store in ("edi", "exports", "landing", "scans"):
                bucket = f"arn:aws:s3:::meridian-prod-ephi-{store}{code}{replica}"
                yield (
                    f"bucket:ephi-{store}{suffix}{replica}",
                    [
                        ("backups hear of changes", BACKUP, notify, bucket, {}, SILENT),
                        ("the deployment too", DEPLOY, notify, bucket, {}, SILENT),
                        ("others change no events", SCANNER, notify, bucket, {}, REFUSED),
                        ("backups unprotect nothing", BACKUP, "s3:PutBucketPolicy", bucket, {}, REFUSED),
                    ],
                )


PARTS = (_keys, _stores, *exchange_role_questions.PARTS)
