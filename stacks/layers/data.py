"""Layer `data`: the ePHI stores, their copies in the other Region and their access logs, in the data
account."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws import arns
from billing_identity.components.aws.access_log_bucket import AccessLogBucket, AccessLogBucketArgs
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.ephi_bucket import EphiBucket, EphiBucketArgs
from billing_identity.components.aws.policies.service_role import replication
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.stacks.bind.aws.accounts import deployers, guards, organization_id
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.guards import declare_guards
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.stores import (
    LOCK_DAYS,
    STORES,
    Names,
    StoreGroup,
    is_home,
    store_groups,
    tags,
)
from billing_identity.stacks.context import Context
from billing_identity.stacks.names import partition


def build(context: Context) -> None:
    """Declares the stores that clients share and those of each client with a key of its own."""
    names = Names(context.short_name, context.settings)
    after: list[pulumi.Resource] = []
    if is_home(context.shard):
        if guards(context.settings, "data"):
            declare_guards(context, "data")
        after = [_access_logs(context, names, replica=replica) for replica in (False, True)]
    for group in store_groups(context.catalogue, context.shard):
        role = _replication_role(context, names, group)
        for store in STORES:
            _store(context, names, group, store, role, after)


def _access_logs(context: Context, names: Names, *, replica: bool) -> AccessLogBucket:
    settings = context.settings
    system = cloud_system(context.catalogue)
    name = f"data-access{'-replica' if replica else ''}"
    args: AccessLogBucketArgs = {
        "bucket": names.access_logs("data", replica=replica),
        "region": settings.aws.replica_region if replica else settings.aws.region,
        "account_id": settings.aws.accounts["data"],
        "sources": [f"{names.store_prefix}*"],
        "deployers": deployers(settings, "data"),
        "retention_days": context.catalogue.access_policy.retention.logs_days,
        "tags": tags(settings, system.owner, "security", f"system:{system.id}"),
    }
    organization = organization_id(settings)
    if organization is not None:
        args["organization_id"] = organization
    context.index[name] = f"system:{system.id}"
    return AccessLogBucket(name, args, context.providers.with_aws("data"))


def _replication_role(context: Context, names: Names, group: StoreGroup) -> ServiceRole:
    settings = context.settings
    region, other = settings.aws.region, settings.aws.replica_region
    keys, data = settings.aws.accounts["keys"], settings.aws.accounts["data"]
    place = partition(region)
    pairs = [
        (
            arns.bucket(names.store(store, group.client), place),
            arns.bucket(names.store(store, group.client, replica=True), place),
        )
        for store in STORES
    ]
    name = f"replication{group.suffix}"
    context.index[name] = group.catalogue_id
    options = pulumi.ResourceOptions(depends_on=handover(context).boundary(data), protect=group.protect)
    return ServiceRole(
        name,
        {
            "role": names.role("replication", group.client),
            "service": "s3.amazonaws.com",
            "source_arns": [source for source, _ in pairs],
            "source_account": data,
            "policy": replication(
                pairs, region, other, arns.keys_of(keys, region), arns.keys_of(keys, other)
            ),
            "boundary_arn": boundary_arn(data, region),
            "description": "S3 copies ePHI stores to the other Region",
            "tags": tags(settings, group.owner, "ephi", group.catalogue_id),
        },
        pulumi.ResourceOptions.merge(context.providers.with_aws("data"), options),
    )


def _store(
    context: Context,
    names: Names,
    group: StoreGroup,
    store: str,
    role: ServiceRole,
    after: list[pulumi.Resource],
) -> None:
    settings = context.settings
    aws = settings.aws
    keys = handover(context)
    name = f"ephi-{store}{group.suffix}"
    args: EphiBucketArgs = {
        "bucket": names.store(store, group.client),
        "region": aws.region,
        "account_id": aws.accounts["data"],
        "keys_account_id": aws.accounts["keys"],
        "key_arn": keys.key_arn(group.key),
        "log_bucket": names.access_logs("data"),
        "deployers": deployers(settings, "data"),
        # Not COMPLIANCE: return and destruction at the end of a contract must stay possible.
        "lock_mode": "GOVERNANCE",
        "lock_days": LOCK_DAYS,
        "replica": {
            "bucket": names.store(store, group.client, replica=True),
            "region": aws.replica_region,
            "key_arn": keys.key_arn(group.key, replica=True),
            "log_bucket": names.access_logs("data", replica=True),
            "role_arn": role.arn,
        },
        "tags": {**tags(settings, group.owner, "ephi", group.catalogue_id), "Store": store},
    }
    organization = organization_id(settings)
    if organization is not None:
        args["organization_id"] = organization
    options = pulumi.ResourceOptions(depends_on=[role, *after], protect=group.protect)
    EphiBucket(name, args, pulumi.ResourceOptions.merge(context.providers.with_aws("data"), options))
    context.index[name] = group.catalogue_id
