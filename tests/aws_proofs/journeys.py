"""Journeys through the reference organisation: who may do what, all policies taken together.

Names are those of the reference organisation; every policy comes from its deployment. Roles that somebody
makes beside the program are taken as administrators of their account, which is the worst case.
"""

from __future__ import annotations

from account_policies import STRANGER
from questions import COPIES, DATA, ISSUER, KEYS, LOGS, MANAGEMENT, PEOPLE, TRAIL
from steps import (
    Step,
    administrator,
    by_service,
    by_token,
    calls,
    carrying,
    declared,
    on_key,
    on_vault_key,
    partner,
    reads,
    root,
    takes_on,
    writes,
)

SIEM = "100000000009"
EDI, OWN_EDI = "meridian-prod-ephi-edi", "meridian-prod-ephi-edi-rvbh"
EXCHANGE, OWN_EXCHANGE = "meridian-prod-ephi-exchange", "meridian-prod-ephi-exchange-rvbh"
ARCHIVE = "meridian-prod-log-archive"
ARCHIVED = f"arn:aws:s3:::{ARCHIVE}/AWSLogs/o-meridian01/CloudTrail/a"
CLEAN = {"GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"}
SICK = {"GuardDutyMalwareScanStatus": "THREATS_FOUND"}
FILE = "lkor/claims/835.edi"
OPERATOR, READER = declared(DATA, "EphiDataOperator"), declared(LOGS, "LogReader")
KEY_ADMINISTRATOR, CUSTODIAN = declared(KEYS, "KeyAdministrator"), declared(KEYS, "KeyCustodian")
EMERGENCY, SEALED = declared(DATA, "BreakGlass"), declared(DATA, "billing-identity-break-glass")
DEPLOY = administrator(DATA, "billing-identity-deploy")
RULES = f"arn:aws:events:us-east-1:{DATA}:rule/"

SFTP, HOSPITAL = partner("claims-to-waystar-lkor"), partner("hospital-extracts-rvbh")
FOLDER = "lkor/claims-to-waystar"
PORTAL = administrator(DATA, "client-portal")
UPLOAD = carrying(declared(DATA, "meridian-prod-upload"), {"aws:PrincipalTag/Client": "lkor"})
UNTAGGED = declared(DATA, "meridian-prod-upload")
HEADER = "s3:x-amz-server-side-encryption"
UNDER_KEY = {
    HEADER: "aws:kms",
    f"{HEADER}-aws-kms-key-id": f"arn:aws:kms:us-east-1:{KEYS}:key/mrk-1",
    "s3:signatureAge": "1000",
}
OTHER_KEY = {**UNDER_KEY, f"{HEADER}-aws-kms-key-id": f"arn:aws:kms:us-east-1:{DATA}:key/1"}

PARTNERS = {
    "a partner brings and fetches in its client's folder": [
        Step(SFTP, writes(EXCHANGE, f"{FOLDER}/in/837.edi")),
        Step(SFTP, reads(EXCHANGE, f"{FOLDER}/out/835.edi", CLEAN)),
        Step(SFTP, calls("s3:ListBucket", f"arn:aws:s3:::{EXCHANGE}", {"s3:prefix": f"{FOLDER}/in/"})),
        Step(HOSPITAL, writes(OWN_EXCHANGE, "rvbh/hospital-extracts/in/a.csv")),
    ],
    "a partner has nothing of another client, and nothing else": [
        Step(SFTP, writes(EXCHANGE, "clwl/claims-to-waystar/in/837.edi"), "session policy"),
        Step(SFTP, reads(EXCHANGE, "clwl/claims-to-waystar/out/835.edi", CLEAN), "session policy"),
        Step(
            SFTP,
            calls("s3:ListBucket", f"arn:aws:s3:::{EXCHANGE}", {"s3:prefix": "clwl/claims-to-waystar/in/"}),
            "session policy",
        ),
        Step(SFTP, writes(OWN_EXCHANGE, "rvbh/hospital-extracts/in/a.csv"), "session policy"),
        Step(HOSPITAL, writes(EXCHANGE, f"{FOLDER}/in/837.edi"), "session policy"),
        Step(HOSPITAL, reads(OWN_EXCHANGE, "rvbh/hospital-extracts/out/a", CLEAN), "session policy"),
        Step(SFTP, reads(EXCHANGE, f"{FOLDER}/out/835.edi"), "NothingUnscannedIsRead"),
        Step(SFTP, reads(EXCHANGE, f"{FOLDER}/in/837.edi", CLEAN), "identity policy"),
        Step(SFTP, reads(EDI, FILE), "identity policy"),
        Step(SFTP, calls("s3:DeleteObject", f"arn:aws:s3:::{EXCHANGE}/{FOLDER}/in/837.edi"), "identity"),
        Step(SFTP, calls("s3:PutObjectTagging", f"arn:aws:s3:::{EXCHANGE}/{FOLDER}/in/a"), "Scanner"),
        Step(SFTP, on_key("Decrypt", EXCHANGE), "identity policy"),
        Step(
            HOSPITAL,
            calls(
                "s3:PutObject",
                f"arn:aws:s3:::{OWN_EXCHANGE}/rvbh/hospital-extracts/in/a.csv",
                {"aws:ResourceAccount": "999999999999"},
            ),
            "identity policy",
        ),
    ],
    "an upload is signed for one client, under the declared key": [
        Step(PORTAL, takes_on(DATA, "meridian-prod-upload", {"aws:RequestTag/Client": "lkor"})),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf", UNDER_KEY)),
    ],
    "and for nothing else": [
        Step(PORTAL, takes_on(DATA, "meridian-prod-upload"), "own policy"),
        Step(PORTAL, takes_on(DATA, "meridian-prod-upload", {"aws:RequestTag/Client": "zzzz"}), "own policy"),
        Step(OPERATOR, takes_on(DATA, "meridian-prod-upload", {"aws:RequestTag/Client": "lkor"}), "identity"),
        Step(UPLOAD, writes(EXCHANGE, "clwl/portal/in/scan.pdf", UNDER_KEY), "identity policy"),
        Step(UPLOAD, writes(EXCHANGE, f"{FOLDER}/in/837.edi", UNDER_KEY), "identity policy"),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf", OTHER_KEY), "NoKeyOutsideTheKeysAccount"),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf", {HEADER: "AES256"}), "NoOtherAlgorithm"),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf"), "identity policy"),
        Step(UNTAGGED, writes(EXCHANGE, "lkor/portal/in/scan.pdf", UNDER_KEY), "identity policy"),
        Step(
            UPLOAD,
            writes(EXCHANGE, "lkor/portal/in/scan.pdf", {**UNDER_KEY, "s3:signatureAge": "900001"}),
            "NoOldSignature",
        ),
        Step(UPLOAD, reads(EXCHANGE, "lkor/portal/in/scan.pdf", CLEAN), "identity policy"),
    ],
    "the scanner reads what nobody else may, and says what it found": [
        Step(declared(DATA, "meridian-prod-scanner"), reads(EXCHANGE, f"{FOLDER}/in/837.edi")),
        Step(
            declared(DATA, "meridian-prod-scanner"),
            calls("s3:PutObjectTagging", f"arn:aws:s3:::{EXCHANGE}/{FOLDER}/in/837.edi"),
        ),
        Step(
            declared(DATA, "meridian-prod-scanner"),
            calls(
                "events:DeleteRule",
                f"{RULES}DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3-1",
                {"events:ManagedBy": "malware-protection-plan.guardduty.amazonaws.com"},
            ),
        ),
        Step(declared(DATA, "meridian-prod-scanner"), reads(EDI, FILE), "identity policy"),
        Step(declared(DATA, "meridian-prod-scanner"), writes(EXCHANGE, f"{FOLDER}/in/a"), "identity policy"),
        Step(
            declared(DATA, "meridian-prod-scanner"), calls("events:DeleteRule", f"{RULES}alert"), "identity"
        ),
        Step(OPERATOR, reads(EXCHANGE, f"{FOLDER}/in/837.edi"), "NothingUnscannedIsRead"),
        Step(OPERATOR, reads(EXCHANGE, f"{FOLDER}/in/837.edi", SICK), "NothingUnscannedIsRead"),
        Step(OPERATOR, reads(EXCHANGE, f"{FOLDER}/in/837.edi", CLEAN)),
        Step(EMERGENCY, reads(EXCHANGE, f"{FOLDER}/in/837.edi", SICK)),
        Step(DEPLOY, calls("s3:PutObjectTagging", f"arn:aws:s3:::{EXCHANGE}/a"), "OnlyTheScannerTags"),
    ],
}

VIA_S3 = {"kms:ViaService": "s3.us-east-1.amazonaws.com"}
HARDWARE = administrator(MANAGEMENT, "sealed-hardware-keys")
PEOPLES = {
    "an operator of ePHI works with it and with nothing else": [
        Step(OPERATOR, reads(EDI, FILE)),
        Step(OPERATOR, reads(OWN_EDI, "rvbh/a")),
        Step(OPERATOR, writes(EDI, FILE)),
        Step(OPERATOR, writes(EDI, FILE, {"aws:SecureTransport": "false"}), "denies"),
        Step(OPERATOR, writes(EDI, FILE, {"s3:TlsVersion": "1.1"}), "NothingBelowTls12"),
        Step(OPERATOR, reads(ARCHIVE, "AWSLogs/a"), "identity policy"),
        Step(OPERATOR, calls("s3:DeleteObject", f"arn:aws:s3:::{EDI}/{FILE}"), "identity policy"),
        Step(OPERATOR, on_key("Decrypt", EDI), "identity policy"),
        Step(OPERATOR, on_key("ScheduleKeyDeletion", EDI), "denies"),
        Step(OPERATOR, on_key("CreateGrant", EDI, {"kms:GrantIsForAWSResource": "false"}), "denies"),
    ],
    "a key administrator manages and neither uses nor ends": [
        Step(KEY_ADMINISTRATOR, on_key("EnableKeyRotation", EDI)),
        Step(KEY_ADMINISTRATOR, on_key("CancelKeyDeletion", EDI)),
        Step(
            KEY_ADMINISTRATOR, on_key("Decrypt", EDI, {"kms:ViaService": "s3.us-east-1.amazonaws.com"}), "d"
        ),
        Step(KEY_ADMINISTRATOR, on_key("ScheduleKeyDeletion", EDI), "OnlyCustodiansEndKeys"),
        Step(KEY_ADMINISTRATOR, on_key("PutKeyPolicy", EDI), "OnlyCustodiansEndKeys"),
        Step(KEY_ADMINISTRATOR, on_key("CreateGrant", EDI), "KeepersNeverUse"),
        Step(KEY_ADMINISTRATOR, reads(EDI, FILE), "identity policy"),
    ],
    "a custodian ends keys, does not use them, and silences nothing": [
        Step(CUSTODIAN, on_key("ScheduleKeyDeletion", EDI)),
        Step(CUSTODIAN, on_key("DisableKey", OWN_EDI)),
        Step(CUSTODIAN, on_key("PutKeyPolicy", EDI)),
        Step(CUSTODIAN, on_key("Decrypt", EDI), "KeepersNeverUse"),
        Step(CUSTODIAN, calls("cloudtrail:StopLogging"), "OnlyTheDeploymentChangesLogging"),
        Step(CUSTODIAN, calls("events:DisableRule"), "OnlyTheDeploymentSilencesAlerts"),
        Step(administrator(KEYS, "kms-custodian"), on_key("PutKeyPolicy", EDI)),
        Step(administrator(KEYS, "kms-custodian"), on_key("Decrypt", EDI), "KeepersNeverUse"),
    ],
    "an administrator of an account reaches neither data nor keys, and blinds nothing": [
        Step(administrator(DATA), reads(EDI, FILE), "another account"),
        Step(administrator(KEYS), on_key("Decrypt", EDI), "own policy"),
        Step(administrator(KEYS), on_key("ScheduleKeyDeletion", EDI), "OnlyCustodiansEndKeys"),
        Step(administrator(DATA), calls("s3:PutBucketPolicy", f"arn:aws:s3:::{EDI}"), "OnlyTheDeployment"),
        Step(administrator(DATA), calls("guardduty:DeleteDetector"), "OnlyTheDeploymentChangesLogging"),
        Step(administrator(DATA), calls("iam:CreateUser"), "NoIamUsersOrKeys"),
        Step(administrator(DATA), calls("organizations:LeaveOrganization"), "NobodyLeaves"),
        Step(administrator(DATA), calls("gamelift:CreateFleet"), "OnlyListedServices"),
        Step(
            administrator(DATA),
            calls("ec2:RunInstances", context={"aws:RequestedRegion": "eu-west-1"}),
            "OnlyTheseRegions",
        ),
        Step(administrator(COPIES), calls("guardduty:DeleteDetector"), "OnlyTheDeploymentChangesLogging"),
        Step(administrator(PEOPLE), calls("ec2:CreateVolume", context={"ec2:Encrypted": "false"}), "denies"),
        Step(root(DATA), calls("s3:ListAllMyBuckets"), "NoRootUser"),
        Step(root(COPIES), calls("s3:ListAllMyBuckets"), "NoRootUser"),
        Step(carrying(root(DATA), {"aws:AssumedRoot": "true"}), calls("iam:DeleteLoginProfile")),
        Step(root(MANAGEMENT), calls("organizations:DetachPolicy")),
    ],
    "an auditor reads settings everywhere and contents nowhere": [
        *(
            Step(declared(account, "SecurityAuditor"), calls("guardduty:GetDetector"))
            for account in (KEYS, LOGS, DATA, PEOPLE, COPIES)
        ),
        Step(declared(DATA, "SecurityAuditor"), reads(EDI, FILE), "NoContents"),
        Step(declared(LOGS, "SecurityAuditor"), reads(ARCHIVE, "AWSLogs/a"), "NoContents"),
        Step(declared(KEYS, "SecurityAuditor"), on_key("Decrypt", EDI), "NoContents"),
    ],
    "a log reader reads logs and changes none": [
        Step(READER, reads(ARCHIVE, "AWSLogs/a")),
        Step(READER, writes("meridian-prod-log-search-results", "a")),
        Step(READER, writes(ARCHIVE, "AWSLogs/a"), "OnlyServicesWrite"),
        Step(READER, calls("s3:DeleteObject", ARCHIVED), "LogsAreNotDeletedByHand"),
        Step(READER, reads(EDI, FILE), "identity policy"),
    ],
    "in an emergency ePHI is read, with or without Identity Center, and traces stay": [
        Step(
            administrator(MANAGEMENT, "sealed-hardware-keys"), takes_on(DATA, "billing-identity-break-glass")
        ),
        Step(
            administrator(MANAGEMENT, "sealed-hardware-keys"),
            takes_on(COPIES, "billing-identity-break-glass"),
        ),
        Step(administrator(DATA), takes_on(DATA, "billing-identity-break-glass"), "own policy"),
        Step(administrator(STRANGER), takes_on(DATA, "billing-identity-break-glass"), "FromWithin"),
        Step(administrator(STRANGER), takes_on(DATA, "meridian-prod-backup"), "FromWithin"),
        *(
            step
            for who in (EMERGENCY, SEALED)
            for step in (
                Step(who, reads(EDI, FILE)),
                Step(who, calls("backup:StartRestoreJob")),
                Step(who, calls("cloudtrail:StopLogging"), "denies"),
                Step(who, calls("s3:PutBucketPolicy", f"arn:aws:s3:::{EDI}"), "denies"),
                Step(who, on_key("ScheduleKeyDeletion", EDI), "denies"),
                Step(who, calls("s3:DeleteObject", f"arn:aws:s3:::{EDI}/{FILE}"), "identity policy"),
            )
        ),
    ],
}

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
JOURNEYS = {**PARTNERS, **PEOPLES, **MACHINES}
