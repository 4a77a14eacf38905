"""The HIPAA conformance pack: managed rules of AWS Config, each with the safeguard that it bears on.

AWS Config has no HIPAA standard of its own. The rules are AWS's; which of them stand for which safeguard is
this program's reading of 45 CFR part 164, subpart C.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

LIMIT = 51200
"""Bytes of a template given in line (AWS Config PutConformancePack)."""


@dataclass(frozen=True)
class PackRule:
    """One managed rule."""

    identifier: str
    """AWS's own identifier."""
    citation: str
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    """Parameter of the pack to the rule's own parameter: `AccessKeysRotatedMaxAge` to `maxAccessKeyAge`."""
    defaults: Mapping[str, str] = field(default_factory=dict[str, str])
    """Value of each parameter of the pack when nothing is said."""


_PLAIN: Mapping[str, tuple[str, ...]] = {
    "164.308(a)(1)(ii)(D)": ("CLOUD_TRAIL_ENABLED", "GUARDDUTY_ENABLED_CENTRALIZED", "SECURITYHUB_ENABLED"),
    "164.308(a)(3)(i)": ("IAM_NO_INLINE_POLICY_CHECK", "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"),
    "164.308(a)(4)(ii)(B)": ("IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS", "IAM_ROOT_ACCESS_KEY_CHECK"),
    "164.308(a)(7)(ii)(A)": (
        "DB_INSTANCE_BACKUP_ENABLED",
        "S3_BUCKET_REPLICATION_ENABLED",
        "S3_BUCKET_VERSIONING_ENABLED",
    ),
    "164.312(a)(1)": (
        *("EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK", "EC2_IMDSV2_CHECK", "EC2_INSTANCE_NO_PUBLIC_IP"),
        *("RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "RDS_SNAPSHOTS_PUBLIC_PROHIBITED"),
        *("S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC", "S3_BUCKET_PUBLIC_READ_PROHIBITED"),
        *("S3_BUCKET_PUBLIC_WRITE_PROHIBITED", "INCOMING_SSH_DISABLED", "VPC_DEFAULT_SECURITY_GROUP_CLOSED"),
    ),
    "164.312(a)(2)(i)": ("IAM_USER_NO_POLICIES_CHECK",),
    "164.312(a)(2)(iv)": (
        *(
            "CLOUD_TRAIL_ENCRYPTION_ENABLED",
            "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
            "CMK_BACKING_KEY_ROTATION_ENABLED",
        ),
        *(
            "EC2_EBS_ENCRYPTION_BY_DEFAULT",
            "ENCRYPTED_VOLUMES",
            "RDS_STORAGE_ENCRYPTED",
            "S3_DEFAULT_ENCRYPTION_KMS",
        ),
        *("RDS_SNAPSHOT_ENCRYPTED", "SNS_ENCRYPTED_KMS", "BACKUP_RECOVERY_POINT_ENCRYPTED"),
        "KMS_CMK_NOT_SCHEDULED_FOR_DELETION",
    ),
    "164.312(b)": (
        *(
            "CLOUDTRAIL_S3_DATAEVENTS_ENABLED",
            "MULTI_REGION_CLOUD_TRAIL_ENABLED",
            "S3_BUCKET_LOGGING_ENABLED",
        ),
        *("RDS_LOGGING_ENABLED", "VPC_FLOW_LOGS_ENABLED"),
    ),
    "164.312(c)(1)": ("CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "RDS_INSTANCE_DELETION_PROTECTION_ENABLED"),
    "164.312(d)": ("MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS", "ROOT_ACCOUNT_MFA_ENABLED"),
    "164.312(e)(1)": (
        "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK",
        "ELB_TLS_HTTPS_LISTENERS_ONLY",
        "S3_BUCKET_SSL_REQUESTS_ONLY",
    ),
}

_PARAMETERS: tuple[PackRule, ...] = (
    PackRule(
        "IAM_USER_UNUSED_CREDENTIALS_CHECK",
        "164.308(a)(3)(ii)(C)",
        {"UnusedCredentialsMaxAge": "maxCredentialUsageAge"},
        {"UnusedCredentialsMaxAge": "45"},
    ),
    PackRule(
        "ACCESS_KEYS_ROTATED",
        "164.308(a)(4)(ii)(C)",
        {"AccessKeysRotatedMaxAge": "maxAccessKeyAge"},
        {"AccessKeysRotatedMaxAge": "90"},
    ),
    PackRule(
        "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK",
        "164.308(a)(7)(ii)(A)",
        {"BackupMinimumDays": "requiredRetentionDays"},
        {"BackupMinimumDays": "35"},
    ),
    PackRule(
        "CW_LOGGROUP_RETENTION_PERIOD_CHECK",
        "164.316(b)(2)(i)",
        {"LogRetentionDays": "MinRetentionTime"},
        {"LogRetentionDays": "2192"},
    ),
    PackRule(
        "ACM_CERTIFICATE_EXPIRATION_CHECK",
        "164.312(e)(1)",
        {"CertificateDays": "daysToExpiration"},
        {"CertificateDays": "30"},
    ),
)
RULES: tuple[PackRule, ...] = (
    *(PackRule(name, citation) for citation, names in _PLAIN.items() for name in names),
    *_PARAMETERS,
)
"""Every rule of the pack."""


@cache
def template() -> str:
    """The pack as JSON, which CloudFormation reads as it does YAML; at most 51,200 bytes."""
    parameters: dict[str, object] = {}
    resources: dict[str, object] = {}
    for rule in RULES:
        parameters.update({key: {"Type": "String", "Default": value} for key, value in rule.defaults.items()})
        name = rule.identifier.lower().replace("_", "-")
        properties: dict[str, object] = {
            "ConfigRuleName": name,
            "Description": rule.citation,
            "Source": {"Owner": "AWS", "SourceIdentifier": rule.identifier},
        }
        if rule.parameters:
            properties["InputParameters"] = {own: {"Ref": key} for key, own in rule.parameters.items()}
        resources["".join(part.title() for part in name.split("-"))] = {
            "Type": "AWS::Config::ConfigRule",
            "Properties": properties,
        }
    return json.dumps(
        {"Parameters": parameters, "Resources": resources}, sort_keys=True, separators=(",", ":")
    )
