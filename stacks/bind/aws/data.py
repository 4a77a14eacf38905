"""The data account: ePHI stores with their copies, the roles that copy, and access logs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.components.aws import arns
from billing_identity.components.aws.access_log_bucket import AccessLogBucketArgs
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.ephi_bucket import EphiBucketArgs
from billing_identity.components.aws.policies.service_role import replication
from billing_identity.components.aws.service_role import ServiceRoleArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.accounts import deployers, organization_id
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.exchange_keys import reviewers
from billing_identity.stacks.bind.aws.fips import KEY_MODULE
from billing_identity.stacks.bind.aws.keys import KeyArn
from billing_identity.stacks.bind.aws.stores import (
    EXCHANGE,
    LOCK_DAYS,
    Names,
    StoreGroup,
    is_home,
    store_groups,
    tags,
)
from billing_identity.stacks.names import partition, role_arn


@dataclass(frozen=True)
class GroupArgs:
    """Stores under one key, and the role that copies them."""

    group: StoreGroup
    role: ServiceRoleArgs
    stores: dict[str, EphiBucketArgs]
    """By component name."""


@dataclass(frozen=True)
class DataArgs:
    """Arguments of the components of the data account."""

    access: dict[str, AccessLogBucketArgs]
    """By component name; one a Region, and none outside the home shard."""
    groups: tuple[GroupArgs, ...]


def data_args(catalogue: Catalogue, names: Names, key_arn: KeyArn, shard: str | None) -> DataArgs:
    """Everything of the data account in a shard. `key_arn` gives the ARN of a key or its replica by id."""
    return DataArgs(
        access=dict(_access_logs(catalogue, names)) if is_home(shard) else {},
        groups=tuple(_group(names, group, key_arn) for group in store_groups(catalogue, shard)),
    )


def _access_logs(catalogue: Catalogue, names: Names) -> Iterator[tuple[str, AccessLogBucketArgs]]:
    settings = names.settings
    system = cloud_system(catalogue)
    organization = organization_id(settings)
    for name, replica in (("data-access", False), ("data-access-replica", True)):
        args: AccessLogBucketArgs = {
            "bucket": names.access_logs("data", replica=replica),
            "region": settings.aws.replica_region if replica else settings.aws.region,
            "account_id": settings.aws.accounts["data"],
            "sources": [f"{names.store_prefix}*"],
            "deployers": deployers(settings, "data"),
            "retention_days": catalogue.access_policy.retention.logs_days,
            "tags": tags(settings, system.owner, "security", f"system:{system.id}"),
        }
        if organization is not None:
            args["organization_id"] = organization
        yield name, args


def _group(names: Names, group: StoreGroup, key_arn: KeyArn) -> GroupArgs:
    stores = {f"ephi-{store}{group.suffix}": _store(names, group, store, key_arn) for store in group.stores}
    return GroupArgs(group, _copier(names, group), stores)


def _copier(names: Names, group: StoreGroup) -> ServiceRoleArgs:
    settings = names.settings
    region, other = settings.aws.region, settings.aws.replica_region
    keys, data = settings.aws.accounts["keys"], settings.aws.accounts["data"]
    pairs = [
        (
            arns.bucket(names.store(store, group.client), partition(region)),
            arns.bucket(names.store(store, group.client, replica=True), partition(region)),
        )
        for store in group.stores
    ]
    return {
        "role": names.role("replication", group.client),
        "service": "s3.amazonaws.com",
        "source_arns": [source for source, _ in pairs],
        "source_account": data,
        "policy": replication(pairs, region, other, arns.keys_of(keys, region), arns.keys_of(keys, other)),
        "boundary_arn": boundary_arn(data, region),
        "description": "S3 copies ePHI stores to the other Region",
        "tags": tags(settings, group.owner, "ephi", group.catalogue_id),
    }


def _store(names: Names, group: StoreGroup, store: str, key_arn: KeyArn) -> EphiBucketArgs:
    settings = names.settings
    aws = settings.aws
    args: EphiBucketArgs = {
        "bucket": names.store(store, group.client),
        "region": aws.region,
        "account_id": aws.accounts["data"],
        "keys_account_id": aws.accounts["keys"],
        "key_arn": key_arn(group.key),
        "log_bucket": names.access_logs("data"),
        "deployers": deployers(settings, "data"),
        # Not COMPLIANCE: return and destruction at the end of a contract must stay possible.
        "lock_mode": "GOVERNANCE",
        "lock_days": LOCK_DAYS,
        "replica": {
            "bucket": names.store(store, group.client, replica=True),
            "region": aws.replica_region,
            "key_arn": key_arn(group.key, replica=True),
            "log_bucket": names.access_logs("data", replica=True),
            "role_arn": role_arn(aws, "data", names.role("replication", group.client)),
        },
        "notifiers": [role_arn(aws, "data", names.role("backup"))],
        "tags": {
            **tags(settings, group.owner, "ephi", group.catalogue_id),
            **KEY_MODULE,
            "Store": store,
            # By this the backup plan of the group finds its stores.
            "Backup": "none" if store == EXCHANGE else group.key,
        },
    }
    if store == EXCHANGE:
        scanner = role_arn(aws, "data", names.role("scanner"))
        args["notifiers"] = [scanner]
        args["quarantine"] = {"scanner_role_arn": scanner, "reviewers": reviewers(settings)}
    organization = organization_id(settings)
    if organization is not None:
        args["organization_id"] = organization
    return args
