"""The roles of backups and restores hold every action of AWS's own policies for them, on fewer resources.

The lists are the actions of AWS's managed policies, as the AWS Managed Policy Reference had them on
2026-11-24.
"""

from __future__ import annotations

import json

import pytest

from billing_identity.components.aws.policies.backup_policy import backup_role, restore_role

ACCOUNT, KEYS, REGIONS = "100000000004", "100000000002", ("us-east-1", "us-west-2")
BACKUP = {
    "cloudwatch": ["GetMetricData"],
    "events": [
        *("DeleteRule", "DescribeRule", "DisableRule", "EnableRule", "ListRules", "ListTargetsByRule"),
        *("PutRule", "PutTargets", "RemoveTargets"),
    ],
    "kms": ["Decrypt", "DescribeKey"],
    "s3": [
        *("GetBucketAcl", "GetBucketLocation", "GetBucketNotification", "GetBucketTagging"),
        *("GetBucketVersioning", "GetInventoryConfiguration", "GetObject", "GetObjectAcl"),
        *("GetObjectTagging", "GetObjectVersion", "GetObjectVersionAcl", "GetObjectVersionTagging"),
        *("ListAllMyBuckets", "ListBucket", "ListBucketVersions", "PutBucketNotification"),
        "PutInventoryConfiguration",
    ],
}
"""AWSBackupServiceRolePolicyForS3Backup, version 4, edited on 2024-05-17. Its right to tag recovery points is
the vault's business and asked of AWS Backup, not of the role's policy on S3."""
RESTORE = {
    "kms": ["Decrypt", "DescribeKey", "GenerateDataKey"],
    "s3": [
        *("CreateBucket", "DeleteObject", "GetBucketLocation", "GetBucketOwnershipControls"),
        *("GetBucketVersioning", "GetObject", "GetObjectAcl", "GetObjectTagging", "GetObjectVersion"),
        *("GetObjectVersionAcl", "ListBucket", "ListBucketVersions", "ListMultipartUploadParts"),
        *("PutBucketOwnershipControls", "PutBucketVersioning", "PutObject", "PutObjectAcl"),
        *("PutObjectTagging", "PutObjectVersionAcl"),
    ],
}
"""AWSBackupServiceRolePolicyForS3Restore, version 2, edited on 2023-02-07."""


@pytest.mark.parametrize(
    ("policy", "aws"),
    [
        (
            backup_role(["ephi-edi"], ACCOUNT, REGIONS, KEYS, "arn:aws:backup:us-west-2:1:backup-vault:x"),
            BACKUP,
        ),
        (restore_role("us-east-1", KEYS), RESTORE),
    ],
    ids=["backup", "restore"],
)
def test_nothing_is_missing_that_aws_grants_its_own_role(policy: str, aws: dict[str, list[str]]) -> None:
    held = {action for statement in json.loads(policy)["Statement"] for action in statement["Action"]}
    assert not {f"{service}:{name}" for service, names in aws.items() for name in names} - held


@pytest.mark.parametrize(
    "policy", [backup_role(["b"], ACCOUNT, REGIONS, KEYS, "c"), restore_role("us-east-1", KEYS)]
)
def test_no_statement_is_about_every_bucket_or_every_key(policy: str) -> None:
    for statement in json.loads(policy)["Statement"]:
        for action in statement["Action"]:
            wide = action in (
                "s3:ListAllMyBuckets",
                "events:ListRules",
                "tag:GetResources",
                "cloudwatch:GetMetricData",
            )
            assert wide == ("*" in statement["Resource"]), action
