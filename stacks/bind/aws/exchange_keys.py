"""Who may use a store's key for the exchange and for backups, and who may look into the quarantine."""

from __future__ import annotations

from billing_identity.components.aws import arns
from billing_identity.components.aws.customer_managed_key import KeyUseArgs
from billing_identity.stacks.bind.aws.stores import EXCHANGE, STORES, Names, StoreGroup
from billing_identity.stacks.names import partition, role_arn
from billing_identity.stacks.settings import Settings


def reviewers(settings: Settings) -> list[str]:
    """Role patterns of those who may read what was not found clean."""
    aws = settings.aws
    named = aws.exchange.quarantine_reviewers if aws.exchange is not None else ()
    return [
        pattern
        for name in named
        for pattern in arns.permission_set_roles(
            aws.accounts["data"], name, aws.home_region, partition(aws.region)
        )
    ]


def exchange_uses(names: Names, group: StoreGroup) -> list[KeyUseArgs]:
    """Who uses the key of a group for its exchange store: scanner, SFTP users, uploads."""
    if not group.exchanges:
        return []
    aws = names.settings.aws
    buckets = [names.store(EXCHANGE, group.client)]
    found: list[KeyUseArgs] = [
        {
            "name": "ArrivalsByScanner",
            "roles": [role_arn(aws, "data", names.role("scanner"))],
            "services": ["s3"],
            "buckets": buckets,
            "where": "primary",
        },
        {
            "name": "FilesByPartners",
            "roles": [role_arn(aws, "data", names.role("sftp"))],
            "services": ["s3"],
            "buckets": buckets,
            "where": "primary",
        },
        {
            "name": "UploadsByPortal",
            "roles": [role_arn(aws, "data", names.role("upload"))],
            "services": ["s3"],
            "buckets": buckets,
            "decrypt": False,
            "where": "primary",
        },
    ]
    return found


def backup_uses(names: Names, group: StoreGroup) -> list[KeyUseArgs]:
    """Who uses the key of a group for its backups: the backup role reads its stores; a client's key is also
    the key of the client's vaults."""
    aws = names.settings.aws
    found: list[KeyUseArgs] = [
        {
            "name": "StoresByBackup",
            "roles": [role_arn(aws, "data", names.role("backup"))],
            "services": ["s3"],
            "buckets": [names.store(store, group.client) for store in STORES],
            "encrypt": False,
            "where": "primary",
        }
    ]
    return found if group.client is None else [*found, *vault_uses(names)]


def volume_uses(names: Names, group: StoreGroup) -> list[KeyUseArgs]:
    """Who uses the key of what clients share for volumes of the data account, whose default key it is."""
    if group.client is not None:
        return []
    aws = names.settings.aws
    place = partition(aws.region)
    linked = "/aws-service-role/autoscaling.amazonaws.com/"
    return [
        {
            "name": "VolumesOfTheAccount",
            "roles": [
                role_arn(aws, "data", aws.deploy_role),
                arns.role(aws.accounts["data"], "AWSServiceRoleForAutoScaling", linked, place),
            ],
            "services": ["ec2"],
            "grants": True,
        }
    ]


def vault_uses(names: Names) -> list[KeyUseArgs]:
    """Who uses the key of a vault: the roles of backups and restores, the deployment that makes the vault,
    and AWS Backup's own role in the account that takes copies from another."""
    aws = names.settings.aws
    place = partition(aws.region)
    found: list[KeyUseArgs] = [
        {
            "name": "VaultsByBackup",
            "roles": [
                role_arn(aws, "data", names.role("backup")),
                role_arn(aws, "data", names.role("restore-test")),
                role_arn(aws, "data", aws.deploy_role),
            ],
            "services": ["backup"],
            "grants": True,
        }
    ]
    if aws.backup.account is not None:
        linked = "/aws-service-role/backup.amazonaws.com/"
        found.append(
            {
                "name": "CopiesInTheirAccount",
                "roles": [
                    arns.role(aws.backup.account, "AWSServiceRoleForBackup", linked, place),
                    arns.role(aws.backup.account, aws.deploy_role, partition=place),
                ],
                "services": ["backup"],
                "where": "replica",
                "grants": True,
            }
        )
    return found


def backup_key_uses(names: Names) -> list[KeyUseArgs]:
    """Who uses the key of the shared vaults: as `vault_uses`, and what a test of a restore writes."""
    aws = names.settings.aws
    return [
        *vault_uses(names),
        {
            "name": "RestoredByTests",
            "roles": [role_arn(aws, "data", names.role("restore-test"))],
            "services": ["s3"],
            "where": "primary",
        },
    ]
