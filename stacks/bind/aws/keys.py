"""The keys: for the ePHI that clients share, its backups, logs, and each client that asks for its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pulumi

from billing_identity.components.aws import arns
from billing_identity.components.aws.customer_managed_key import CustomerManagedKeyArgs, KeyUseArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.accounts import organization_id, trail_owner
from billing_identity.stacks.bind.aws.duties import Duties, cloud_system, duties
from billing_identity.stacks.bind.aws.exchange_keys import (
    backup_key_uses,
    backup_uses,
    exchange_uses,
    volume_uses,
)
from billing_identity.stacks.bind.aws.fips import KEY_MODULE
from billing_identity.stacks.bind.aws.log_key import log_services, log_uses
from billing_identity.stacks.bind.aws.stores import BACKUP, Names, StoreGroup, is_home, store_groups, tags
from billing_identity.stacks.names import partition, role_arn

LOGS = "logs"
"""Id of the key of logs."""


class KeyArn(Protocol):
    """Gives the ARN of a key, or of its replica, by the key's id."""

    def __call__(self, key: str, *, replica: bool = False) -> pulumi.Input[str]:
        """The ARN; an Output, since nothing derives it."""
        ...


@dataclass(frozen=True)
class KeyArgs:
    """Arguments of one key."""

    args: CustomerManagedKeyArgs
    protect: bool


def key_args(catalogue: Catalogue, names: Names, shard: str | None) -> dict[str, KeyArgs]:
    """The keys of a shard by id, the key of logs first.

    Raises ComponentInputError when the catalogue does not keep the duties over keys apart.
    """
    who = duties(catalogue, names.settings)
    found: dict[str, KeyArgs] = {}
    if is_home(shard):
        system = cloud_system(catalogue)
        found[LOGS] = KeyArgs(log_key(names, who, system.owner, f"system:{system.id}"), protect=True)
        found[BACKUP] = KeyArgs(backup_key(names, who, system.owner, f"system:{system.id}"), protect=True)
    for group in store_groups(catalogue, shard):
        found[group.key] = KeyArgs(store_key(names, who, group), protect=group.protect)
    return found


def store_key(names: Names, who: Duties, group: StoreGroup) -> CustomerManagedKeyArgs:
    """Key of a group of stores: the data account's operators and its replication role use it through S3
    only."""
    settings = names.settings
    buckets = [names.store(store, group.client) for store in group.stores]
    replicas = [names.store(store, group.client, replica=True) for store in group.stores]
    copier = [role_arn(settings.aws, "data", names.role("replication", group.client))]
    uses: list[KeyUseArgs] = [
        {
            "name": "DataByOperators",
            "roles": list(who.data_users),
            "services": ["s3"],
            "buckets": buckets,
            "replica_buckets": replicas,
        },
        {
            "name": "OriginalsByReplication",
            "roles": copier,
            "services": ["s3"],
            "buckets": buckets,
            "encrypt": False,
            "where": "primary",
        },
        {
            "name": "CopiesByReplication",
            "roles": copier,
            "services": ["s3"],
            "buckets": replicas,
            "decrypt": False,
            "where": "replica",
        },
    ]
    uses += [*exchange_uses(names, group), *backup_uses(names, group), *volume_uses(names, group)]
    args = _key(names, who, group.key, tags(settings, group.owner, "ephi", group.catalogue_id))
    args["description"] = (
        "ePHI that clients share" if group.client is None else f"ePHI of {group.client.title}"
    )
    args["uses"] = uses
    return args


def log_key(names: Names, who: Duties, owner: str, catalogue_id: str) -> CustomerManagedKeyArgs:
    """Key of logs, the archive and alarms: services write, log readers read."""
    settings = names.settings
    logs = settings.aws.accounts["logs"]
    place = partition(settings.aws.region)
    args = _key(names, who, LOGS, tags(settings, owner, "security", catalogue_id))
    args["description"] = "Audit trail, log archive, log groups and alarms"
    args["uses"] = [
        {
            "name": "LogsByReaders",
            "roles": list(who.log_readers),
            "services": ["s3", "logs"],
            "encrypt": False,
        },
        *log_uses(names, who.log_readers),
    ]
    args["services"] = [
        {
            "service": "logs",
            "arns": [
                f"arn:{place}:logs:*:{logs}:log-group:{names.log_group('*')}",
                arns.log_group(settings.aws.accounts["data"], settings.aws.region, names.exchange_log),
            ],
        },
        {"service": "cloudtrail", "arns": trail_arns(names)},
        {"service": "alarms"},
        *log_services(names),
    ]
    return args


def backup_key(names: Names, who: Duties, owner: str, catalogue_id: str) -> CustomerManagedKeyArgs:
    """Key of the backups of what clients share: apart from the stores' key, so that losing one is not losing
    both."""
    args = _key(names, who, BACKUP, tags(names.settings, owner, "ephi", catalogue_id))
    args["description"] = "Backups of the ePHI that clients share"
    args["uses"] = backup_key_uses(names)
    return args


def trail_arns(names: Names) -> list[str]:
    """ARN of the audit trail, by its owner and by the account that makes it; the same without an
    organisation."""
    settings = names.settings
    owners = dict.fromkeys((trail_owner(settings), settings.aws.accounts["logs"]))
    return [arns.trail(owner, settings.aws.region, names.trail) for owner in owners]


def _key(names: Names, who: Duties, key: str, tagged: dict[str, str]) -> CustomerManagedKeyArgs:
    aws = names.settings.aws
    args: CustomerManagedKeyArgs = {
        "alias": names.key(key),
        "description": key,
        "account_id": aws.accounts["keys"],
        "region": aws.region,
        "replica_region": aws.replica_region,
        "administrators": list(who.administrators),
        "custodians": list(who.custodians),
        "observers": list(who.observers),
        "tags": {**tagged, **KEY_MODULE},
    }
    organization = organization_id(names.settings)
    if organization is not None:
        args["organization_id"] = organization
    return args
