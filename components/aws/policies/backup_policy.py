"""Policies of backups: who copies in, that nobody deletes, and what the backup and restore roles can do."""

from collections.abc import Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import INLINE_LIMIT, allow, deny, document

VAULT_LIMIT = 20 * 1024
"""Characters that we let a vault's access policy have; AWS states no figure."""
RESTORE_BUCKETS = "awsbackup-restore-test-*"
"""Names of the buckets into which AWS Backup restores for a test (Developer Guide, restore testing)."""

_LOOSEN = (
    *("backup:DeleteBackupVault", "backup:DeleteBackupVaultAccessPolicy"),
    *("backup:DeleteBackupVaultLockConfiguration", "backup:PutBackupVaultAccessPolicy"),
    "backup:PutBackupVaultLockConfiguration",
)


def vault_arn(account: str, region: str, vault: str) -> str:
    """ARN of a backup vault."""
    return f"arn:{arns.partition(region)}:backup:{region}:{account}:backup-vault:{vault}"


def vault_policy(
    vault: str, account: str, region: str, *, deployers: Sequence[str], sources: Sequence[str]
) -> str:
    """Access policy of a vault: nobody deletes or shortens a recovery point, only the deployment loosens it.

    `deployers` are role ARNs; `sources` the other accounts that may copy into the vault.
    """
    arn = vault_arn(account, region, vault)
    partition = arns.partition(region)
    statements = [
        deny(
            "NobodyDeletesRecoveryPoints",
            (
                *("backup:DeleteRecoveryPoint", "backup:DisassociateRecoveryPoint"),
                *("backup:DisassociateRecoveryPointFromParent", "backup:UpdateRecoveryPointLifecycle"),
            ),
            resources=("*",),
        ),
        deny(
            "OnlyTheDeploymentLoosensTheVault",
            _LOOSEN,
            resources=(arn,),
            conditions={"ArnNotLike": {"aws:PrincipalArn": list(deployers)}},
        ),
    ]
    if sources:
        statements.insert(
            0,
            allow(
                "NamedAccountsCopyIn",
                ("backup:CopyIntoBackupVault",),
                resources=(arn,),
                principals={"AWS": [arns.account_root(source, partition) for source in sources]},
            ),
        )
    return document(f"policy of vault {vault}", statements, VAULT_LIMIT)


def backup_role(
    buckets: Sequence[str], account: str, regions: tuple[str, str], keys_account: str, copies: str
) -> str:
    """What AWS Backup needs to back up the buckets (names or patterns) and to copy to the other Region.

    `regions` are the primary and the replica Region; `copies` is the pattern of the vaults that take copies.
    It holds every action of AWS's own AWSBackupServiceRolePolicyForS3Backup (version 4), on these alone
    (AWS Managed Policy Reference, read on 2026-11-24; a test compares).
    """
    region, other = regions
    partition = arns.partition(region)
    stores = [arns.bucket(bucket, partition) for bucket in buckets]
    rule = f"arn:{partition}:events:{region}:{account}:rule/AwsBackupManagedRule*"
    return document(
        "backup role",
        [
            allow(
                "LookAtTheStores",
                (
                    *("s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketNotification"),
                    *("s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetInventoryConfiguration"),
                    *("s3:ListBucket", "s3:ListBucketVersions"),
                ),
                resources=stores,
            ),
            allow(
                "HearOfChanges",
                ("s3:PutBucketNotification", "s3:PutInventoryConfiguration"),
                resources=stores,
            ),
            allow(
                "ReadTheObjects",
                (
                    *("s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:GetObjectVersion"),
                    *("s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"),
                ),
                resources=[f"{store}/*" for store in stores],
            ),
            allow(
                "KeepItsRules",
                (
                    *("events:DeleteRule", "events:DescribeRule", "events:DisableRule", "events:EnableRule"),
                    *("events:ListTargetsByRule", "events:PutRule", "events:PutTargets"),
                    "events:RemoveTargets",
                ),
                resources=(rule,),
            ),
            allow(
                "FindWhatIsTagged",
                (
                    *("cloudwatch:GetMetricData", "events:ListRules", "s3:ListAllMyBuckets"),
                    "tag:GetResources",
                ),
                resources=("*",),
            ),
            allow(
                "DecryptTheStores",
                ("kms:Decrypt", "kms:DescribeKey"),
                resources=(arns.keys_of(keys_account, region),),
                conditions={"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
            ),
            allow(
                "UseTheKeysOfTheVaults",
                ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"),
                resources=(arns.keys_of(keys_account, region), arns.keys_of(keys_account, other)),
                conditions={
                    "StringEquals": {
                        "kms:ViaService": [f"backup.{region}.amazonaws.com", f"backup.{other}.amazonaws.com"]
                    }
                },
            ),
            allow(
                "LetTheVaultsUseTheirKeys",
                ("kms:CreateGrant",),
                resources=(arns.keys_of(keys_account, region), arns.keys_of(keys_account, other)),
                conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
            ),
            allow("CopyToTheOtherVaults", ("backup:CopyIntoBackupVault",), resources=(copies,)),
        ],
        INLINE_LIMIT,
    )


def restore_role(region: str, keys_account: str) -> str:
    """What AWS Backup needs to restore into buckets of its own for a test, and into no other.

    It holds every action of AWS's own AWSBackupServiceRolePolicyForS3Restore (version 2), on such alone
    (AWS Managed Policy Reference, read on 2026-11-24; a test compares).
    """
    stores = (arns.bucket(RESTORE_BUCKETS, arns.partition(region)),)
    return document(
        "restore test role",
        [
            allow(
                "MakeTestBuckets",
                (
                    *("s3:CreateBucket", "s3:GetBucketLocation", "s3:GetBucketOwnershipControls"),
                    *("s3:GetBucketVersioning", "s3:ListBucket", "s3:ListBucketVersions"),
                    *("s3:PutBucketOwnershipControls", "s3:PutBucketVersioning"),
                ),
                resources=stores,
            ),
            allow(
                "FillTestBuckets",
                (
                    *("s3:DeleteObject", "s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging"),
                    *("s3:GetObjectVersion", "s3:GetObjectVersionAcl", "s3:ListMultipartUploadParts"),
                    *("s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging", "s3:PutObjectVersionAcl"),
                ),
                resources=[f"{store}/*" for store in stores],
            ),
            allow(
                "UseTheKeys",
                ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"),
                resources=(arns.keys_of(keys_account, region),),
                conditions={
                    "StringEquals": {
                        "kms:ViaService": [f"backup.{region}.amazonaws.com", f"s3.{region}.amazonaws.com"]
                    }
                },
            ),
        ],
        INLINE_LIMIT,
    )
