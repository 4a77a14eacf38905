"""Layer `workforce`: how people, pipelines and emergencies reach AWS.

It comes after `identity`, and after SCIM has brought the groups to IAM Identity Center: what the settings do
not name by id is looked up by its name, which fails until the group is there.
"""

from __future__ import annotations

from datetime import timedelta

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.guardrails import Guardrails
from billing_identity.components.aws.permission_set import PermissionSet
from billing_identity.components.aws.pipeline_provider import PipelineProvider
from billing_identity.components.aws.policies.eligible_services import COMPARED, LIST_DAYS
from billing_identity.components.aws.workforce_boundary import WorkforceBoundary
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.bind.aws.workforce import WorkforceArgs, group_ids, workforce_args
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.monitoring_settings import WorkforceSettings
from billing_identity.stacks.settings import Place


def build(context: Context) -> None:
    """Declares boundaries, permission sets with their assignments, roles and guardrails."""
    handover(context)
    names = Names(context.short_name, context.settings)
    args = workforce_args(context.catalogue, names, context.as_of)
    tags: dict[str, str] = {}
    boundaries: list[pulumi.Resource] = []
    for purpose, boundary in args.boundaries.items():
        tags = boundary["tags"]
        name = f"workforce-boundary-{purpose}"
        boundaries.append(WorkforceBoundary(name, boundary, _options(context, name, purpose, tags)))
    workforce = context.settings.aws.workforce
    if workforce is not None:
        for made in args.sets:
            groups = _groups(context, workforce, made.roles)
            options = _options(context, made.name, "workforce", made.args["tags"], *boundaries)
            PermissionSet(made.name, {**made.args, "groups": groups}, options)
    for purpose, role in args.emergency.items():
        name = f"break-glass-{purpose}"
        GuardedRole(name, role, _options(context, name, purpose, role["tags"]))
    for purpose, role in args.readers.items():
        name = f"reader-{purpose}"
        GuardedRole(name, role, _options(context, name, purpose, role["tags"]))
    if args.provider is not None:
        options = _options(context, "pipeline", "workforce", args.provider["tags"])
        provider = PipelineProvider("pipeline", args.provider, options)
        for duty, role in args.pipeline.items():
            GuardedRole(duty, role, _options(context, duty, "workforce", role["tags"], provider))
    if args.guardrails is not None:
        context.index["guardrails"] = args.guardrails["tags"]["CatalogueId"]
        Guardrails("guardrails", args.guardrails, context.providers.with_aws_management())
    context.gaps.extend(_gaps(context, args))


def _groups(
    context: Context, workforce: WorkforceSettings, roles: tuple[str, ...]
) -> dict[str, pulumi.Input[str]]:
    catalogue, found = context.catalogue, dict[str, pulumi.Input[str]]()
    provider = cloud_system(catalogue).identity.provider
    for role, known in group_ids(workforce, roles).items():
        if known is not None:
            found[role] = known
            continue
        attribute = aws.identitystore.GetGroupAlternateIdentifierUniqueAttributeArgs(
            attribute_path="DisplayName", attribute_value=catalogue.roles[role].group_name(provider)
        )
        group = aws.identitystore.get_group_output(
            identity_store_id=workforce.identity_store_id,
            alternate_identifier=aws.identitystore.GetGroupAlternateIdentifierArgs(
                unique_attribute=attribute
            ),
            opts=pulumi.InvokeOutputOptions(provider=context.providers.aws("workforce")),
        )
        found[role] = group.group_id
    return found


def _options(
    context: Context, name: str, purpose: Place, tags: dict[str, str], *after: pulumi.Resource
) -> pulumi.ResourceOptions:
    context.index[name] = tags["CatalogueId"]
    role = context.settings.aws.key_custodian_role if purpose == "keys" else None
    return pulumi.ResourceOptions.merge(
        context.providers.with_aws(purpose, role), pulumi.ResourceOptions(depends_on=list(after))
    )


def _gaps(context: Context, args: WorkforceArgs) -> list[Gap]:
    found: list[Gap] = []
    if context.settings.aws.workforce is None:
        found.append(
            Gap(
                "aws",
                "Permission sets",
                "the settings name no instance of IAM Identity Center",
                "nobody reaches AWS but the deployment and the break-glass role",
            )
        )
    if not args.emergency:
        found.append(
            Gap(
                "aws",
                "Break-glass role",
                "no `break_glass_entry` in the settings",
                "the root user's sealed credentials, whose use raises an alarm",
            )
        )
    if args.guardrails is None:
        found.append(
            Gap(
                "aws",
                "Service and resource control policies",
                "no AWS organisation, or one account that manages itself",
                "boundaries of roles and permission sets, policies of keys and buckets",
            )
        )
    elif COMPARED is None or context.as_of - COMPARED > timedelta(days=LIST_DAYS):
        found.append(
            Gap(
                "aws",
                "List of HIPAA-eligible services",
                "it was never compared with AWS's own list"
                if COMPARED is None
                else f"it was compared with AWS's as of {COMPARED}, more than {LIST_DAYS} days ago",
                "compare it with AWS's HIPAA Eligible Services Reference; new services stay denied",
            )
        )
    return found
