"""Backups: the half of layer `data` that keeps a second and a third copy of the stores, and tries them."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws.backup_plan import BackupPlan
from billing_identity.components.aws.backup_vault import BackupVault
from billing_identity.components.aws.event_notice import EventNotice
from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.restore_test import RestoreTest
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.stacks.bind.aws.backup import backup_args
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap


def declare_backup(context: Context, names: Names) -> None:
    """Vaults and plans of the shard's groups; roles, tests of restores and notices in the home shard."""
    passing = handover(context)
    args = backup_args(context.catalogue, names, passing.key_arn, context.shard)
    boundary = passing.boundary(context.settings.aws.accounts["data"])
    topic = context.made.get("exchange/topic")
    told = [] if topic is None else [topic]

    def options(
        name: str, catalogue_id: str, *after: pulumi.Resource, protect: bool = True
    ) -> pulumi.ResourceOptions:
        context.index[name] = catalogue_id
        return pulumi.ResourceOptions.merge(
            context.providers.with_aws("data"),
            pulumi.ResourceOptions(depends_on=list(after), protect=protect),
        )

    roles: list[pulumi.Resource] = []
    if args.role is not None:
        here = args.role["tags"]["CatalogueId"]
        roles.append(ServiceRole("backup-role", args.role, options("backup-role", here, *boundary)))
    vaults: list[pulumi.Resource] = []
    for bound in args.groups:
        group = bound.group
        name = f"backup{group.suffix}"
        vault = BackupVault(
            f"{name}-vault",
            bound.vault,
            options(f"{name}-vault", group.catalogue_id, protect=group.protect),
        )
        context.index[f"{name}-copies"] = group.catalogue_id
        copies = BackupVault(
            f"{name}-copies",
            bound.copies,
            pulumi.ResourceOptions.merge(
                context.providers.with_aws_copies(), pulumi.ResourceOptions(protect=group.protect)
            ),
        )
        vaults += [vault, copies]
        after = (*vault.ready, *copies.ready, *roles, *told)
        BackupPlan(name, bound.plan, options(name, group.catalogue_id, *after, protect=group.protect))
    if args.restorer is not None and args.test is not None:
        here = args.test["tags"]["CatalogueId"]
        restorer = GuardedRole("restore-test-role", args.restorer, options("restore-test-role", here))
        RestoreTest("restore-test", args.test, options("restore-test", here, restorer, *vaults))
    for name, notice in args.notices.items():
        EventNotice(name, notice, options(name, notice["tags"]["CatalogueId"], *told))
    if context.settings.aws.backup.account is None:
        context.gaps.append(
            Gap(
                "aws",
                "Copies of backups in another account",
                "no `backup.account` in the settings",
                "copies in another Region of the same account, locked, under a key of another account",
            )
        )
