"""Journeys of people, in emergencies too."""

from __future__ import annotations

from account_policies import STRANGER
from journey_names import ARCHIVE, ARCHIVED, EDI, EMERGENCY, FILE, OPERATOR, OWN_EDI, READER, SEALED
from questions import COPIES, DATA, KEYS, LOGS, MANAGEMENT, PEOPLE
from steps import Step, administrator, calls, carrying, declared, on_key, reads, root, takes_on, writes

KEY_ADMINISTRATOR, CUSTODIAN = declared(KEYS, "KeyAdministrator"), declared(KEYS, "KeyCustodian")
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
