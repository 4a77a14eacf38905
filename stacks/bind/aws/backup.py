"""Backups: vaults for each group of stores, here and elsewhere, plans, roles, tests of restores, notices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.components.aws import arns
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.backup_plan import BackupPlanArgs
from billing_identity.components.aws.backup_vault import BackupVaultArgs
from billing_identity.components.aws.event_notice import EventNoticeArgs
from billing_identity.components.aws.guarded_role import GuardedRoleArgs
from billing_identity.components.aws.policies import backup_policy as policies
from billing_identity.components.aws.policies.service_role import service_trust
from billing_identity.components.aws.restore_test import RestoreTestArgs
from billing_identity.components.aws.service_role import ServiceRoleArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.fips import KEY_MODULE
from billing_identity.stacks.bind.aws.keys import KeyArn
from billing_identity.stacks.bind.aws.stores import (
    BACKUP,
    STORES,
    Names,
    StoreGroup,
    is_home,
    store_groups,
    tags,
)
from billing_identity.stacks.names import partition, role_arn
from billing_identity.stacks.settings import Settings

LONGEST_DAYS = 366
"""Days at most for which a vault's lock lets a recovery point be kept: what nobody can delete should end."""


@dataclass(frozen=True)
class GroupBackup:
    """Backups of one group of stores."""

    group: StoreGroup
    vault: BackupVaultArgs
    copies: BackupVaultArgs
    """In the replica Region, and in the account of copies where the settings name one."""
    plan: BackupPlanArgs


@dataclass(frozen=True)
class BackupArgs:
    """Arguments of the components of a shard; what the home shard alone has is None elsewhere."""

    groups: tuple[GroupBackup, ...]
    role: ServiceRoleArgs | None
    restorer: GuardedRoleArgs | None
    test: RestoreTestArgs | None
    notices: dict[str, EventNoticeArgs]
    """By component name."""


def copies_account(settings: Settings) -> str:
    """Account of the copies."""
    return settings.aws.backup.account or settings.aws.accounts["data"]


def vault_lock(settings: Settings) -> str:
    """Lock of the vaults: final in production, removable elsewhere, unless the settings say which."""
    named = settings.aws.backup.vault_lock
    return named or ("compliance" if settings.is_production else "governance")


def backup_args(catalogue: Catalogue, names: Names, key_arn: KeyArn, shard: str | None) -> BackupArgs:
    """Everything of backups in a shard."""
    settings = names.settings
    aws = settings.aws
    account, region, other = aws.accounts["data"], aws.region, aws.replica_region
    system = cloud_system(catalogue)
    tagged = tags(settings, system.owner, "ephi", f"system:{system.id}")
    groups = tuple(_group(catalogue, names, group, key_arn) for group in store_groups(catalogue, shard))
    if not is_home(shard):
        return BackupArgs(groups, None, None, None, {})
    stores = [pattern for store in STORES for pattern in (names.store(store), f"{names.store(store)}-*")]
    source = [f"arn:{partition(region)}:backup:*:{account}:*"]
    return BackupArgs(
        groups=groups,
        role={
            "role": names.role("backup"),
            "service": "backup.amazonaws.com",
            "source_arns": source,
            "policy": policies.backup_role(
                stores,
                account,
                (region, other),
                aws.accounts["keys"],
                policies.vault_arn(copies_account(settings), other, f"{names.base}-*-replica"),
            ),
            "boundary_arn": boundary_arn(account, region),
            "description": "AWS Backup reads ePHI stores and copies recovery points to the other Region",
            "tags": tagged,
        },
        # No boundary: it forbids switching versioning, which a restore does on the bucket that it makes. The
        # role's policy names only such buckets.
        restorer={
            "role": names.role("restore-test"),
            "trust": service_trust("backup.amazonaws.com", source, account),
            "policy": policies.restore_role(region, aws.accounts["keys"]),
            "session_seconds": 3600,
            "description": "AWS Backup restores into buckets of its own to prove that it can",
            "tags": tagged,
        },
        test={
            "test": f"{names.base}-restore-test".replace("-", "_"),
            "region": region,
            "vault_arns": [policies.vault_arn(account, region, f"{names.base}-*")],
            "schedule": aws.backup.restore_schedule,
            "window_days": 7,
            "resource_type": "S3",
            "tag_key": "DataClass",
            "tag_value": "ephi",
            "role_arn": role_arn(aws, "data", names.role("restore-test")),
            "key_arn": key_arn(BACKUP),
            "validation_hours": 24,
            "tags": tagged,
        },
        notices=dict(_notices(names, tagged)),
    )


def _group(catalogue: Catalogue, names: Names, group: StoreGroup, key_arn: KeyArn) -> GroupBackup:
    settings = names.settings
    aws = settings.aws
    account, copies = aws.accounts["data"], copies_account(settings)
    days = catalogue.access_policy.retention.backups_days
    own = {**tags(settings, group.owner, "ephi", group.catalogue_id), **KEY_MODULE}
    vault: BackupVaultArgs = {
        "vault": names.vault(group.key),
        "region": aws.region,
        "account_id": account,
        "key_arn": key_arn(group.vault_key),
        "lock": vault_lock(settings),
        "minimum_days": days,
        "maximum_days": max(days, LONGEST_DAYS),
        "deployers": [role_arn(aws, "data", aws.deploy_role)],
        "tags": own,
    }
    replica: BackupVaultArgs = {
        **vault,
        "vault": names.vault(group.key, replica=True),
        "region": aws.replica_region,
        "account_id": copies,
        "key_arn": key_arn(group.vault_key, replica=True),
        "deployers": [arns.role(copies, aws.deploy_role, partition=partition(aws.region))],
        "source_accounts": [account] if copies != account else [],
    }
    return GroupBackup(
        group=group,
        vault=vault,
        copies=replica,
        plan={
            "plan": names.vault(group.key),
            "region": aws.region,
            "vault": names.vault(group.key),
            "copy_vault_arn": policies.vault_arn(copies, aws.replica_region, replica["vault"]),
            "role_arn": role_arn(aws, "data", names.role("backup")),
            "tag_key": "Backup",
            "tag_value": group.key,
            "schedule": aws.backup.schedule,
            "keep_days": days,
            "topic_arn": arns.topic(account, aws.region, names.data_alarms),
            "tags": own,
        },
    )


def _notices(names: Names, tagged: dict[str, str]) -> Iterator[tuple[str, EventNoticeArgs]]:
    aws = names.settings.aws
    for name, kind, field, states, first in (
        (
            "backup-failed",
            "Backup Job State Change",
            "state",
            ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"],
            "Start it again by hand today; after two days open an incident.",
        ),
        (
            "backup-copy-failed",
            "Copy Job State Change",
            "state",
            ["FAILED", "PARTIAL"],
            "Until a copy succeeds nothing survives the loss of the Region or the account.",
        ),
        (
            "restore-failed",
            "Restore Job State Change",
            "status",
            ["ABORTED", "FAILED"],
            "Find out why before the next backup runs: what can't be restored is no backup.",
        ),
    ):
        yield (
            f"notice-{name}",
            {
                "rule": f"{names.base}-{name}",
                "sentence": f"{kind.removesuffix(' State Change')}: <what> at <when>, <resource>. {first}",
                "region": aws.region,
                "pattern": json.dumps(
                    {"source": ["aws.backup"], "detail-type": [kind], "detail": {field: states}},
                    sort_keys=True,
                    separators=(",", ":"),
                ),
                "paths": {
                    "what": f"$.detail.{field}",
                    "when": "$.time",
                    "resource": "$.resources[0]",
                },
                "topic_arn": arns.topic(aws.accounts["data"], aws.region, names.data_alarms),
                "tags": tagged,
            },
        )
