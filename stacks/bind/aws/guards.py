"""Declares the guards of an account for the layer that looks after it."""

from __future__ import annotations

from billing_identity.components.aws.account_guards import AccountGuards
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.stores import tags
from billing_identity.stacks.context import Context
from billing_identity.stacks.settings import Purpose


def declare_guards(context: Context, purpose: Purpose, role: str | None = None) -> None:
    """Guards of the account of a purpose, through `role` (the deployment role by default)."""
    settings = context.settings
    system = cloud_system(context.catalogue)
    name = f"guards-{purpose}"
    made = AccountGuards(
        name,
        {
            "account_id": settings.aws.accounts[purpose],
            "regions": [settings.aws.region, settings.aws.replica_region],
            "tags": tags(settings, system.owner, "security", f"system:{system.id}"),
        },
        context.providers.with_aws(purpose, role),
    )
    handover(context).add_guards(settings.aws.accounts[purpose], made)
    context.index[name] = f"system:{system.id}"
