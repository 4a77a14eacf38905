"""Layer `keys`: customer managed keys, in an account of their own, deployed by the key custodian's role."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws.customer_managed_key import CustomerManagedKey, CustomerManagedKeyArgs
from billing_identity.stacks.bind.aws.accounts import guards
from billing_identity.stacks.bind.aws.duties import cloud_system, duties
from billing_identity.stacks.bind.aws.guards import declare_guards
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.keys import LOGS, log_key, store_key
from billing_identity.stacks.bind.aws.stores import Names, is_home, store_groups
from billing_identity.stacks.context import Context


def build(context: Context) -> None:
    """Declares a key for logs, one for the ePHI that clients share, and one for each client with its own."""
    names = Names(context.short_name, context.settings)
    who = duties(context.catalogue, context.settings)
    role = context.settings.aws.key_custodian_role
    if is_home(context.shard):
        system = cloud_system(context.catalogue)
        catalogue_id = f"system:{system.id}"
        if guards(context.settings, "keys"):
            declare_guards(context, "keys", role)
        _declare(context, LOGS, log_key(names, who, system.owner, catalogue_id), catalogue_id, protect=True)
    for group in store_groups(context.catalogue, context.shard):
        _declare(context, group.key, store_key(names, who, group), group.catalogue_id, protect=group.protect)
    handover(context).export()


def _declare(
    context: Context, key: str, args: CustomerManagedKeyArgs, catalogue_id: str, *, protect: bool
) -> None:
    name = f"key-{key}"
    options = context.providers.with_aws("keys", context.settings.aws.key_custodian_role)
    made = CustomerManagedKey(
        name, args, pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(protect=protect))
    )
    handover(context).add_key(key, made)
    context.index[name] = catalogue_id
