"""Layer `data`: ePHI stores, their copies in the other Region, their access logs, exchange and backups."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws.access_log_bucket import AccessLogBucket
from billing_identity.components.aws.encrypted_volumes import EncryptedVolumes, EncryptedVolumesArgs
from billing_identity.components.aws.ephi_bucket import EphiBucket
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.stacks.bind.aws.collection import exporter_args
from billing_identity.stacks.bind.aws.data import data_args
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.stores import EXCHANGE, Names, is_home
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.backup import declare_backup
from billing_identity.stacks.layers.exchange import declare_exchange, declare_scan, too_many_scans


def build(context: Context) -> None:
    """Declares the stores that clients share and those of each client with a key of its own."""
    passing = handover(context)
    names = Names(context.short_name, context.settings)
    args = data_args(context.catalogue, names, passing.key_arn, context.shard)

    def options(protect: bool, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions.merge(
            context.providers.with_aws("data"),
            pulumi.ResourceOptions(depends_on=list(after), protect=protect),
        )

    if is_home(context.shard):
        passing.guard("data", "data")
        passing.guard("data", "copies")
    logs: list[pulumi.Resource] = []
    for name, access in args.access.items():
        logs.append(AccessLogBucket(name, access, options(True)))
        context.index[name] = access["tags"]["CatalogueId"]
    if is_home(context.shard):
        aws = context.settings.aws
        volumes: EncryptedVolumesArgs = {
            "key_arns": {
                aws.region: passing.key_arn("ephi"),
                aws.replica_region: passing.key_arn("ephi", replica=True),
            },
            "switch": False,
            "catalogue_id": next(iter(args.access.values()))["tags"]["CatalogueId"],
        }
        EncryptedVolumes("volumes-data", volumes, options(True))
        context.index["volumes-data"] = volumes["catalogue_id"]
        declare_exchange(context, names)
    boundary = passing.boundary(context.settings.aws.accounts["data"])
    if is_home(context.shard):
        exporter = exporter_args(context.catalogue, names)
        ServiceRole("log-export", exporter, options(True, *boundary))
        context.index["log-export"] = exporter["tags"]["CatalogueId"]
    for bound in args.groups:
        group = bound.group
        name = f"replication{group.suffix}"
        role = ServiceRole(name, bound.role, options(group.protect, *boundary))
        context.index[name] = group.catalogue_id
        for store, store_args in bound.stores.items():
            context.made[f"data/{store}"] = EphiBucket(store, store_args, options(group.protect, role, *logs))
            context.index[store] = group.catalogue_id
            if store_args["tags"]["Store"] == EXCHANGE:
                declare_scan(context, names, group, context.made[f"data/{store}"])
    declare_backup(context, names)
    context.gaps.extend(too_many_scans(sum(bound.group.exchanges for bound in args.groups)))
