"""What AWS says of the things to watch: API calls and sign-ins through CloudTrail, findings of the detectors.

Fields: CloudTrail User Guide, "CloudTrail record contents"; EventBridge User Guide, "AWS service events";
GuardDuty finding types; IAM Access Analyzer and Macie findings on EventBridge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Pattern = Mapping[str, Any]
CALL = "AWS API Call via CloudTrail"
SIGN_IN = "AWS Console Sign In via CloudTrail"
WATCHED = (
    *(
        "aws.cloudtrail",
        "aws.config",
        "aws.ec2",
        "aws.events",
        "aws.guardduty",
        "aws.iam",
        "aws.kms",
        "aws.logs",
    ),
    *("aws.macie2", "aws.organizations", "aws.rds", "aws.s3", "aws.securityhub", "aws.sns", "aws.sso"),
)
"""Services whose changes are forwarded."""
FINDINGS = ("GuardDuty Finding", "Macie Finding", "Access Analyzer Finding")
_LOGGING: Mapping[str, Sequence[str]] = {
    "cloudtrail.amazonaws.com": (
        *("DeleteTrail", "PutEventSelectors", "PutInsightSelectors", "StopLogging", "UpdateTrail"),
    ),
    "config.amazonaws.com": (
        "DeleteConfigurationRecorder",
        "DeleteDeliveryChannel",
        "StopConfigurationRecorder",
    ),
    "guardduty.amazonaws.com": ("DeleteDetector", "DisassociateFromAdministratorAccount", "UpdateDetector"),
    "logs.amazonaws.com": ("DeleteLogGroup", "DeleteLogStream", "DeleteMetricFilter", "PutRetentionPolicy"),
    "securityhub.amazonaws.com": ("DisableSecurityHub", "BatchDisableStandards"),
    "ec2.amazonaws.com": ("DeleteFlowLogs",),
    "events.amazonaws.com": ("DeleteRule", "DisableRule", "RemoveTargets"),
}


def aws_patterns(*, deployers: Sequence[str], break_glass_roles: Sequence[str]) -> dict[str, Pattern]:
    """Pattern by alert id. `deployers` are the ARNs of the deployment's roles, whose own changes are no news;
    `break_glass_roles` are wildcards over role ARNs.
    """
    by_others = {
        "$or": [
            {
                "userIdentity": {
                    "sessionContext": {"sessionIssuer": {"arn": [{"anything-but": list(deployers)}]}}
                }
            },
            {"userIdentity": {"sessionContext": {"sessionIssuer": {"arn": [{"exists": False}]}}}},
        ]
    }
    return {
        "failed-sign-ins": {
            "detail-type": [SIGN_IN],
            "detail": {"eventName": ["ConsoleLogin"], "responseElements": {"ConsoleLogin": ["Failure"]}},
        },
        "mfa-disabled": _calls(["DeactivateMFADevice", "DeleteVirtualMFADevice"]),
        "admin-granted": _calls(
            [
                *("AttachRolePolicy", "AttachUserPolicy", "PutRolePolicy", "PutUserPolicy", "AddUserToGroup"),
                *("CreateAccountAssignment", "AttachManagedPolicyToPermissionSet"),
                *("PutInlinePolicyToPermissionSet", "DeleteRolePermissionsBoundary"),
            ],
            by_others,
        ),
        "role-changed": _calls(
            [
                *("CreateRole", "DeleteRole", "UpdateAssumeRolePolicy", "CreatePolicyVersion"),
                *("SetDefaultPolicyVersion", "CreatePermissionSet", "UpdatePermissionSet"),
                *("DetachPolicy", "UpdatePolicy", "DeletePolicy", "LeaveOrganization"),
            ],
            by_others,
        ),
        "unmanaged-transfer": {
            "$or": [
                {
                    "detail-type": [CALL],
                    "detail": {
                        "eventName": [
                            "ModifySnapshotAttribute",
                            "ModifyImageAttribute",
                            "ModifyDBSnapshotAttribute",
                        ]
                    },
                },
                {
                    "detail-type": ["GuardDuty Finding"],
                    "detail": {"type": [{"prefix": "Exfiltration:"}, {"wildcard": "*DNSDataExfiltration*"}]},
                },
                {
                    "detail-type": ["Macie Finding"],
                    "detail": {"type": [{"prefix": "Policy:IAMUser/S3Bucket"}]},
                },
                {"detail-type": ["Access Analyzer Finding"], "detail": {"status": ["ACTIVE"]}},
            ]
        },
        "api-key-created": _calls(
            [
                "CreateAccessKey",
                "CreateLoginProfile",
                "CreateServiceSpecificCredential",
                "UploadSSHPublicKey",
                "CreateUser",
            ]
        ),
        "service-account-anomaly": {
            "detail-type": ["GuardDuty Finding"],
            "detail": {
                "type": [
                    {"wildcard": "*IAMUser/*InstanceCredentialExfiltration*"},
                    {"wildcard": "*:IAMUser/Anomalous*"},
                ]
            },
        },
        "webhook-changed": _calls(
            ["CreateApiDestination", "UpdateApiDestination", "CreateConnection", "Subscribe", "Unsubscribe"],
            by_others,
        ),
        "logging-changed": {
            "detail-type": [CALL],
            "detail": {
                "$or": [
                    {"eventSource": [source], "eventName": list(names)} for source, names in _LOGGING.items()
                ],
            },
        },
        "break-glass-used": {
            "source": ["aws.sts"],
            "detail": {
                "eventName": [{"prefix": "AssumeRole"}],
                "requestParameters": {"roleArn": [{"wildcard": role} for role in break_glass_roles]},
            },
        },
        "root-used": {
            "detail-type": [CALL, SIGN_IN],
            "detail": {
                "userIdentity": {"type": ["Root"], "invokedBy": [{"exists": False}]},
                "eventType": [{"anything-but": ["AwsServiceEvent"]}],
            },
        },
    }


def forwarding_pattern(break_glass_roles: Sequence[str]) -> Pattern:
    """What each account sends to the log account's bus: changes, sign-ins, the root user, findings, and each
    time that a break-glass role is taken on."""
    return {
        "$or": [
            {"source": list(WATCHED), "detail-type": [CALL], "detail": {"readOnly": [False]}},
            {
                "source": ["aws.sts"],
                "detail": {
                    "requestParameters": {"roleArn": [{"wildcard": role} for role in break_glass_roles]}
                },
            },
            {"detail-type": [CALL], "detail": {"userIdentity": {"type": ["Root"]}}},
            {"detail-type": [SIGN_IN, *FINDINGS]},
        ]
    }


def _calls(names: Sequence[str], more: Mapping[str, Any] | None = None) -> Pattern:
    return {
        "detail-type": [CALL],
        "detail": {"eventName": list(names), "errorCode": [{"exists": False}], **(more or {})},
    }
