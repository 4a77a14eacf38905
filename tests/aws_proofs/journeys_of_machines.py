"""Journeys of service roles, pipelines, AWS services and strangers."""

from __future__ import annotations

from account_policies import STRANGER
from journey_names import (
    ARCHIVE,
    ARCHIVED,
    CLEAN,
    DEPLOY,
    EDI,
    EXCHANGE,
    FILE,
    FOLDER,
    OPERATOR,
    OWN_EDI,
    READER,
    RULES,
)
from questions import COPIES, DATA, ISSUER, KEYS, LOGS, PEOPLE, TRAIL
from steps import (
    Step,
    administrator,
    by_service,
    by_token,
    calls,
    declared,
    on_key,
    on_vault_key,
    reads,
    root,
    takes_on,
    writes,
)

SIEM = "100000000009"
BACKUP, RESTORE = declared(DATA, "meridian-prod-backup"), declared(DATA, "meridian-prod-restore-test")
VAULT = f"arn:aws:backup:us-east-1:{DATA}:backup-vault:meridian-prod-ephi"
COPY = f"arn:aws:backup:us-west-2:{COPIES}:backup-vault:meridian-prod-ephi-replica"
POINT = f"arn:aws:backup:us-west-2:{COPIES}:recovery-point:1"
COPIER = declared(DATA, "meridian-prod-replication")
SUBJECT = "token.actions.githubusercontent.com"
PREVIEW, PIPELINE = declared(PEOPLE, "meridian-prod-ci-preview"), declared(PEOPLE, "meridian-prod-ci-deploy")
SCOUT = declared(DATA, "billing-identity-read")
SPLUNK = administrator(SIEM, "splunk")
FEED = declared(LOGS, "meridian-prod-siem-reader")
OWNED = {"s3:x-amz-acl": "bucket-owner-full-control"}
MACHINES = {
    "the backup role reads stores, fills vaults, and deletes nothing": [
        Step(BACKUP, reads(EDI, FILE)),
        Step(BACKUP, reads(OWN_EDI, "rvbh/a")),
        Step(BACKUP, calls("backup:CopyIntoBackupVault", COPY)),
        Step(BACKUP, calls("events:DeleteRule", f"{RULES}AwsBackupManagedRule-1")),
        Step(BACKUP, calls("events:DeleteRule", f"{RULES}alert"), "identity policy"),
        Step(BACKUP, reads(EXCHANGE, f"{FOLDER}/in/a", CLEAN), "identity policy"),
        Step(BACKUP, writes(EDI, FILE), "identity policy"),
        Step(BACKUP, calls("backup:CopyIntoBackupVault", COPY.replace(COPIES, STRANGER)), "identity policy"),
        *(
            Step(who, calls("backup:DeleteRecoveryPoint", POINT, held_by=COPY), "denies")
            for who in (BACKUP, DEPLOY, administrator(COPIES), root(COPIES))
        ),
        Step(administrator(COPIES), calls("backup:PutBackupVaultAccessPolicy", COPY), "OnlyTheDeployment"),
        Step(administrator(DATA), calls("backup:DeleteBackupVault", VAULT), "denies"),
    ],
    "a vault is made with a key of another account, by those who may and nobody else": [
        *(
            Step(who, on_vault_key(action, vault))
            for who, vault in (
                (BACKUP, VAULT),
                (DEPLOY, VAULT),
                (administrator(COPIES, "billing-identity-deploy"), COPY),
            )
            for action in ("DescribeKey", "CreateGrant", "GenerateDataKey", "Decrypt")
        ),
        Step(DEPLOY, on_vault_key("RetireGrant", VAULT)),
        Step(administrator(COPIES), on_vault_key("Decrypt", COPY), "another account"),
        Step(administrator(DATA), on_vault_key("CreateGrant", VAULT), "another account"),
        Step(OPERATOR, on_vault_key("Decrypt", VAULT), "identity policy"),
    ],
    "a test of a restore fills buckets of its own": [
        Step(RESTORE, calls("s3:CreateBucket", "arn:aws:s3:::awsbackup-restore-test-1")),
        Step(RESTORE, calls("s3:PutObject", f"arn:aws:s3:::{EDI}/a"), "identity policy"),
        Step(RESTORE, reads(EDI, FILE), "identity policy"),
    ],
    "replication reads here and writes there, for its own stores": [
        Step(COPIER, calls("s3:GetObjectVersionForReplication", f"arn:aws:s3:::{EDI}/{FILE}")),
        Step(COPIER, calls("s3:ReplicateObject", f"arn:aws:s3:::{EDI}-replica/{FILE}")),
        Step(
            COPIER,
            on_key(
                "Encrypt",
                f"{EDI}-replica",
                {
                    "kms:ViaService": "s3.us-west-2.amazonaws.com",
                    "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{EDI}-replica",
                },
            ),
        ),
        Step(COPIER, calls("s3:GetObjectVersionForReplication", f"arn:aws:s3:::{OWN_EDI}/a"), "identity"),
        Step(COPIER, calls("s3:ReplicateDelete", f"arn:aws:s3:::{EDI}-replica/{FILE}"), "identity policy"),
        Step(COPIER, reads(f"{EDI}-replica", FILE), "identity policy"),
    ],
    "a pipeline previews by reading and deploys by the deploying role": [
        Step(
            PREVIEW,
            by_token(
                ISSUER,
                f"arn:aws:iam::{PEOPLE}:role/meridian-prod-ci-preview",
                {
                    f"{SUBJECT}:aud": "sts.amazonaws.com",
                    f"{SUBJECT}:sub": "repo:meridian-revenue/identity:pull_request",
                },
            ),
        ),
        Step(
            PREVIEW,
            by_token(
                ISSUER,
                f"arn:aws:iam::{PEOPLE}:role/meridian-prod-ci-deploy",
                {
                    f"{SUBJECT}:aud": "sts.amazonaws.com",
                    f"{SUBJECT}:sub": "repo:meridian-revenue/identity:pull_request",
                },
            ),
            "resource policy",
        ),
        *(
            Step(PREVIEW, takes_on(account, "billing-identity-read"))
            for account in (KEYS, LOGS, DATA, COPIES)
        ),
        Step(PREVIEW, takes_on(DATA, "billing-identity-deploy"), "identity policy"),
        Step(PIPELINE, takes_on(DATA, "billing-identity-read"), "identity policy"),
        # Its own policy lets it; the deploying role and its trust are made before the program.
        Step(PIPELINE, takes_on(DATA, "billing-identity-deploy"), "another account"),
        Step(PREVIEW, reads(EDI, FILE), "identity policy"),
        Step(PIPELINE, reads(EDI, FILE), "identity policy"),
        Step(SCOUT, calls("s3:GetBucketPolicy", f"arn:aws:s3:::{EDI}")),
        Step(SCOUT, calls("kms:GetKeyPolicy", f"arn:aws:kms:us-east-1:{DATA}:key/1"), "own policy"),
        Step(SCOUT, reads(EDI, FILE), "NoContents"),
        Step(SCOUT, calls("s3:PutBucketPolicy", f"arn:aws:s3:::{EDI}"), "denies"),
        Step(SCOUT, calls("iam:PassRole"), "identity policy"),
        Step(DEPLOY, calls("s3:PutBucketPolicy", f"arn:aws:s3:::{EDI}")),
        Step(DEPLOY, reads(EDI, FILE), "another account"),
        Step(DEPLOY, calls("s3:DeleteBucket", f"arn:aws:s3:::{EDI}"), "NobodyDeletesWhatMustStay"),
        Step(DEPLOY, calls("cloudtrail:DeleteTrail"), "NobodyDeletesWhatMustStay"),
    ],
    "the deployment's reader sees every key": [
        Step(declared(KEYS, "billing-identity-read"), on_key("DescribeKey", EDI)),
        Step(declared(KEYS, "billing-identity-read"), on_key("GetKeyPolicy", EDI)),
        Step(declared(KEYS, "billing-identity-read"), on_key("Decrypt", EDI), "NoContents"),
        Step(declared(KEYS, "SecurityAuditor"), on_key("GetKeyPolicy", EDI)),
    ],
    "an outside SIEM reads logs by its agreed id": [
        Step(SPLUNK, takes_on(LOGS, "meridian-prod-siem-reader", {"sts:ExternalId": "meridian-splunk-2026"})),
        Step(SPLUNK, takes_on(LOGS, "meridian-prod-siem-reader", {"sts:ExternalId": "x"}), "another account"),
        Step(SPLUNK, reads(ARCHIVE, "AWSLogs/a"), "denies"),
        Step(FEED, reads(ARCHIVE, "AWSLogs/a")),
        Step(FEED, calls("sqs:ReceiveMessage", f"arn:aws:sqs:us-east-1:{LOGS}:meridian-prod-siem-notices")),
        Step(FEED, reads(EDI, FILE), "identity policy"),
        Step(FEED, writes(ARCHIVE, "a"), "OnlyServicesWrite"),
    ],
    "services write for our accounts and for nobody else's": [
        Step(
            READER,
            by_service(
                "cloudtrail",
                "s3:PutObject",
                ARCHIVED,
                {
                    "aws:SourceArn": TRAIL,
                    "aws:SourceAccount": LOGS,
                    **OWNED,
                },
            ),
        ),
        Step(
            READER,
            by_service(
                "cloudtrail",
                "s3:PutObject",
                ARCHIVED,
                {
                    "aws:SourceArn": TRAIL.replace(LOGS, STRANGER),
                    "aws:SourceAccount": STRANGER,
                    **OWNED,
                },
            ),
            "ServicesOnlyForOwnOrganisation",
        ),
        Step(
            READER,
            by_service(
                "config",
                "s3:PutObject",
                f"arn:aws:s3:::{ARCHIVE}/AWSLogs/{COPIES}/Config/a",
                {"aws:SourceAccount": COPIES, **OWNED},
            ),
        ),
        Step(
            declared(COPIES, "meridian-prod-event-forwarding"),
            calls("events:PutEvents", f"arn:aws:events:us-east-1:{LOGS}:event-bus/meridian-prod-security"),
        ),
    ],
    "a stranger reaches nothing": [
        Step(administrator(STRANGER), reads(EDI, FILE), "denies"),
        Step(administrator(STRANGER), on_key("Decrypt", EDI), "denies"),
        Step(
            administrator(STRANGER),
            calls("sqs:ReceiveMessage", f"arn:aws:sqs:us-east-1:{LOGS}:meridian-prod-siem-notices"),
            "OnlyOwnOrganisation",
        ),
        Step(
            administrator(STRANGER),
            calls("events:PutEvents", f"arn:aws:events:us-east-1:{LOGS}:event-bus/meridian-prod-security"),
            "another account",
        ),
        Step(administrator(STRANGER), calls("backup:CopyIntoBackupVault", COPY), "another account"),
    ],
}
