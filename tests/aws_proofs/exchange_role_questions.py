"""Questions to the roles, sessions and other resources of exchange and backups."""

from __future__ import annotations

from collections.abc import Iterator

from exchange_names import BACKUP, DEPLOY, EDI, OWN, RESTORE, SCANNER, SFTP, SHARED, UPLOAD
from iam_evaluator import Caller
from questions import (
    COPIES,
    DATA,
    GRANTED,
    KEY,
    KEYS,
    LOGS,
    OPERATOR,
    ORGANISATION,
    OUTSIDER,
    PLAIN_TEXT,
    REFUSED,
    SILENT,
    Row,
    role,
    root,
    service,
    via,
)


def _sessions() -> Iterator[tuple[str, list[Row]]]:
    for flow, code, brings, fetches in (
        *(("claims-to-waystar", code, True, True) for code in ("clwl", "hrbr", "lkor", "rvbh", "smpd")),
        ("hospital-extracts", "rvbh", True, False),
    ):
        bucket = f"arn:aws:s3:::{OWN if code == 'rvbh' else SHARED}"
        mine, other = f"{bucket}/{code}/{flow}", f"{bucket}/zzzz/{flow}"
        way = "in" if brings else "out"
        prefix = {"s3:prefix": f"{code}/{flow}/{way}/"}
        rows: list[Row] = [
            ("lists its folder", SFTP, "s3:ListBucket", bucket, prefix, GRANTED),
            ("no other", SFTP, "s3:ListBucket", bucket, {"s3:prefix": f"zzzz/{flow}/{way}/"}, SILENT),
            ("not all of it", SFTP, "s3:ListBucket", bucket, {"s3:prefix": ""}, SILENT),
            ("nor above", SFTP, "s3:ListBucket", bucket, {"s3:prefix": f"{code}/"}, SILENT),
            ("finds the store", SFTP, "s3:GetBucketLocation", bucket, {}, GRANTED),
            ("under a declared key", SFTP, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("no other account's", SFTP, "kms:Decrypt", KEY.replace(KEYS, DATA), via("s3"), SILENT),
            ("brings", SFTP, "s3:PutObject", f"{mine}/in/837.edi", {}, GRANTED),
            ("not to another client", SFTP, "s3:PutObject", f"{other}/in/837.edi", {}, SILENT),
            ("not into what it fetches", SFTP, "s3:PutObject", f"{mine}/out/835.edi", {}, SILENT),
            ("reads nothing that it brought", SFTP, "s3:GetObject", f"{mine}/in/837.edi", {}, SILENT),
            ("nor another client's", SFTP, "s3:GetObject", f"{other}/out/835.edi", {}, SILENT),
            ("deletes nothing", SFTP, "s3:DeleteObject", f"{mine}/in/837.edi", {}, SILENT),
            ("tags nothing", SFTP, "s3:PutObjectTagging", f"{mine}/in/837.edi", {}, SILENT),
            (
                "fetches, if it may",
                SFTP,
                "s3:GetObject",
                f"{mine}/out/835.edi",
                {},
                GRANTED if fetches else SILENT,
            ),
        ]
        yield f"resource:sftp-{flow}-{code}", rows


def _roles() -> Iterator[tuple[str, list[Row]]]:
    shared, own, edi = (f"arn:aws:s3:::{name}" for name in (SHARED, OWN, EDI))
    managed = {"events:ManagedBy": "malware-protection-plan.guardduty.amazonaws.com"}
    rules = f"arn:aws:events:us-east-1:{DATA}:rule/"
    rule = f"{rules}DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3-1"
    probe = f"{own}/malware-protection-resource-validation-object"
    yield (
        "role:exchange-scanner",
        [
            ("keeps its rule", SCANNER, "events:PutRule", rule, managed, GRANTED),
            ("looks at it", SCANNER, "events:DescribeRule", rule, {}, GRANTED),
            ("no other rule", SCANNER, "events:DeleteRule", f"{rules}alert", managed, SILENT),
            ("hears", SCANNER, "s3:PutBucketNotification", shared, {}, GRANTED),
            ("reads the exchange", SCANNER, "s3:GetObject", f"{own}/a", {}, GRANTED),
            ("no store that keeps", SCANNER, "s3:GetObject", f"{edi}/a", {}, SILENT),
            ("tags", SCANNER, "s3:PutObjectTagging", f"{shared}/a", {}, GRANTED),
            ("proves", SCANNER, "s3:PutObject", probe, {}, GRANTED),
            ("writes nothing else", SCANNER, "s3:PutObject", f"{own}/a", {}, SILENT),
            ("deletes nothing", SCANNER, "s3:DeleteObject", f"{own}/a", {}, SILENT),
            ("decrypts through S3", SCANNER, "kms:Decrypt", KEY, via("s3"), GRANTED),
            ("not else", SCANNER, "kms:Decrypt", KEY, {}, SILENT),
        ],
    )
    ours, theirs = {"aws:ResourceAccount": DATA}, {"aws:ResourceAccount": "999999999999"}
    yield (
        "role:exchange-sftp",
        [
            ("lists", SFTP, "s3:ListBucket", shared, ours, GRANTED),
            ("brings", SFTP, "s3:PutObject", f"{own}/rvbh/hospital-extracts/in/a", ours, GRANTED),
            ("fetches", SFTP, "s3:GetObject", f"{shared}/lkor/claims-to-waystar/out/a", ours, GRANTED),
            (
                "reads no arrivals",
                SFTP,
                "s3:GetObject",
                f"{shared}/lkor/claims-to-waystar/in/a",
                ours,
                SILENT,
            ),
            ("no store that keeps", SFTP, "s3:PutObject", f"{edi}/lkor/x/in/a", ours, SILENT),
            ("a stranger's of that name", SFTP, "s3:PutObject", f"{own}/rvbh/x/in/a", theirs, SILENT),
            ("nor reads from it", SFTP, "s3:GetObject", f"{own}/rvbh/x/out/a", theirs, SILENT),
            ("nor lists it", SFTP, "s3:ListBucket", own, theirs, SILENT),
            ("encrypts", SFTP, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("through S3 only", SFTP, "kms:GenerateDataKey", KEY, via("ec2"), SILENT),
        ],
    )
    algorithm, key = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
    named = {"aws:PrincipalTag/Client": "lkor", "s3:signatureAge": "1000"}
    right = {algorithm: "aws:kms", key: KEY, **named, **ours}
    target, put = f"{shared}/lkor/portal/in/scan.pdf", "s3:PutObject"
    yield (
        "role:exchange-upload",
        [
            ("puts for its client", UPLOAD, put, target, right, GRANTED),
            (
                "into its own store",
                UPLOAD,
                put,
                f"{own}/rvbh/portal/in/scan.pdf",
                {**right, "aws:PrincipalTag/Client": "rvbh"},
                GRANTED,
            ),
            ("a stranger's store of that name", UPLOAD, put, target, {**right, **theirs}, SILENT),
            ("another client's folder", UPLOAD, put, f"{shared}/clwl/portal/in/scan.pdf", right, SILENT),
            ("another client's store", UPLOAD, put, f"{own}/lkor/portal/in/scan.pdf", right, SILENT),
            ("a partner's folder", UPLOAD, put, f"{shared}/lkor/claims-to-waystar/in/a", right, SILENT),
            (
                "without a client",
                UPLOAD,
                put,
                target,
                {k: v for k, v in right.items() if "Tag" not in k},
                SILENT,
            ),
            ("another algorithm", UPLOAD, put, target, {**right, algorithm: "AES256"}, SILENT),
            ("wrong key", UPLOAD, put, target, {**right, key: KEY.replace(KEYS, DATA)}, SILENT),
            ("no key named", UPLOAD, put, target, {k: v for k, v in right.items() if k != key}, SILENT),
            ("signed long ago", UPLOAD, put, target, {**right, "s3:signatureAge": "900001"}, REFUSED),
            ("reads nothing", UPLOAD, "s3:GetObject", target, right, SILENT),
            ("encrypts", UPLOAD, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("decrypts nothing", UPLOAD, "kms:Decrypt", KEY, via("s3"), SILENT),
        ],
    )
    vaults = f"arn:aws:backup:us-west-2:{COPIES}:backup-vault:meridian-prod-"
    for_aws = {"kms:GrantIsForAWSResource": "true"}
    yield (
        "role:backup-role",
        [
            ("looks", BACKUP, "s3:GetBucketVersioning", edi, {}, GRANTED),
            ("hears", BACKUP, "s3:PutBucketNotification", edi, {}, GRANTED),
            ("reads", BACKUP, "s3:GetObjectVersion", f"{edi}-rvbh/a", {}, GRANTED),
            ("never the quarantine", BACKUP, "s3:GetObject", f"{shared}/a", {}, SILENT),
            ("changes nothing", BACKUP, "s3:PutObject", f"{edi}/a", {}, SILENT),
            ("keeps its rules", BACKUP, "events:PutRule", f"{rules}AwsBackupManagedRule-1", {}, GRANTED),
            ("no others", BACKUP, "events:DeleteRule", f"{rules}alert", {}, SILENT),
            ("finds tags", BACKUP, "tag:GetResources", "*", {}, GRANTED),
            ("decrypts stores", BACKUP, "kms:Decrypt", KEY, via("s3"), GRANTED),
            ("encrypts vaults", BACKUP, "kms:GenerateDataKey", KEY, via("backup"), GRANTED),
            ("encrypts nothing in stores", BACKUP, "kms:GenerateDataKey", KEY, via("s3"), SILENT),
            ("grants for AWS", BACKUP, "kms:CreateGrant", KEY, for_aws, GRANTED),
            ("copies", BACKUP, "backup:CopyIntoBackupVault", f"{vaults}ephi-replica", {}, GRANTED),
            (
                "nowhere else",
                BACKUP,
                "backup:CopyIntoBackupVault",
                vaults.replace(COPIES, "9" * 12) + "ephi-replica",
                {},
                SILENT,
            ),
            ("deletes no backup", BACKUP, "backup:DeleteRecoveryPoint", "*", {}, SILENT),
        ],
    )
    tests = "arn:aws:s3:::awsbackup-restore-test-1"
    yield (
        "role:restore-test-role",
        [
            ("makes test buckets", RESTORE, "s3:CreateBucket", tests, {}, GRANTED),
            ("fills them", RESTORE, "s3:PutObject", f"{tests}/a", {}, GRANTED),
            ("never a store", RESTORE, "s3:PutObject", f"{edi}/a", {}, SILENT),
            ("nor its versions", RESTORE, "s3:PutBucketVersioning", edi, {}, SILENT),
            ("opens vaults", RESTORE, "kms:Decrypt", KEY, via("backup"), GRANTED),
            ("encrypts tests", RESTORE, "kms:GenerateDataKey", KEY, via("s3"), GRANTED),
            ("through these only", RESTORE, "kms:Decrypt", KEY, via("ec2"), SILENT),
        ],
    )


def _trusts() -> Iterator[tuple[str, list[Row]]]:
    take = "sts:AssumeRole"
    for label, name, source in (
        (
            "exchange-scanner",
            "malware-protection-plan.guardduty",
            f"arn:aws:guardduty:us-east-1:{DATA}:malware-protection-plan/1",
        ),
        ("exchange-sftp", "transfer", f"arn:aws:transfer:us-east-1:{DATA}:user/s-1/partner"),
        ("backup-role", "backup", f"arn:aws:backup:us-east-1:{DATA}:backup-plan:1"),
        ("restore-test-role", "backup", f"arn:aws:backup:us-east-1:{DATA}:restore-testing-plan:1"),
    ):
        right = {"aws:SourceArn": source, "aws:SourceAccount": DATA}
        strange = {"aws:SourceArn": source.replace(DATA, "9" * 12), "aws:SourceAccount": "9" * 12}
        yield (
            f"trust:{label}",
            [
                ("the service", service(name), take, "*", right, GRANTED),
                ("confused deputy", service(name), take, "*", strange, SILENT),
                ("another service", service("lambda"), take, "*", right, SILENT),
                ("people", OPERATOR, take, "*", right, SILENT),
            ],
        )
    portal, tag = role(DATA, "client-portal"), "aws:RequestTag/Client"
    yield (
        "trust:exchange-upload",
        [
            ("the portal for a client", portal, take, "*", {tag: "lkor"}, GRANTED),
            ("says which by a tag", portal, "sts:TagSession", "*", {tag: "rvbh"}, GRANTED),
            ("for no client", portal, take, "*", {}, SILENT),
            ("for a stranger", portal, take, "*", {tag: "zzzz"}, SILENT),
            ("for all", portal, take, "*", {tag: "*"}, SILENT),
            ("another role", role(DATA, "client-portal-2"), take, "*", {tag: "lkor"}, SILENT),
            ("nobody from outside", OUTSIDER, take, "*", {tag: "lkor"}, SILENT),
        ],
    )


def _resources() -> Iterator[tuple[str, list[Row]]]:
    topic = f"arn:aws:sns:us-east-1:{DATA}:meridian-prod-data-alarms"
    alarm = {"aws:SourceArn": f"arn:aws:cloudwatch:us-east-1:{DATA}:alarm:a", "aws:SourceAccount": DATA}
    rule = {"aws:SourceArn": f"arn:aws:events:us-east-1:{DATA}:rule/a"}
    watch, events = service("cloudwatch"), service("events")
    yield (
        "resource:data-alarms",
        [
            ("own alarms", watch, "sns:Publish", topic, alarm, GRANTED),
            ("confused deputy", watch, "sns:Publish", topic, {**alarm, "aws:SourceAccount": LOGS}, SILENT),
            ("own rules", events, "sns:Publish", topic, rule, GRANTED),
            ("strange rules", events, "sns:Publish", topic, {"aws:SourceArn": "arn:aws:events:::"}, SILENT),
            ("no TLS", DEPLOY, "sns:Publish", topic, PLAIN_TEXT, REFUSED),
            ("nobody from outside", OUTSIDER, "sns:Subscribe", topic, {}, SILENT),
        ],
    )
    leaver = Caller(f"arn:aws:iam::{DATA}:role/admin", organization=ORGANISATION)
    for name in ("ephi", "client-riverbend-hospital"):
        label = "" if name == "ephi" else "-riverbend-hospital"
        for kind, region, account, suffix in (
            ("vault", "us-east-1", DATA, ""),
            ("copies", "us-west-2", COPIES, "-replica"),
        ):
            vault = f"arn:aws:backup:{region}:{account}:backup-vault:meridian-prod-{name}{suffix}"
            point = f"arn:aws:backup:{region}:{account}:recovery-point:1"
            deploy = role(account, "billing-identity-deploy")
            into = "backup:CopyIntoBackupVault"
            yield (
                f"vault:backup{label}-{kind}",
                [
                    ("nobody deletes", deploy, "backup:DeleteRecoveryPoint", point, {}, REFUSED),
                    ("nor root", root(account), "backup:DeleteRecoveryPoint", point, {}, REFUSED),
                    ("nor shortens", leaver, "backup:UpdateRecoveryPointLifecycle", point, {}, REFUSED),
                    ("the deployment keeps", deploy, "backup:PutBackupVaultAccessPolicy", vault, {}, SILENT),
                    ("nobody else", leaver, "backup:DeleteBackupVaultLockConfiguration", vault, {}, REFUSED),
                    (
                        "the data account copies in",
                        BACKUP,
                        into,
                        vault,
                        {},
                        GRANTED if kind == "copies" else SILENT,
                    ),
                    ("nobody from outside", OUTSIDER, into, vault, {}, SILENT),
                ],
            )


PARTS = (_sessions, _roles, _trusts, _resources)
