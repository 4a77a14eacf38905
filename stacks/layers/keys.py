"""Layer `keys`: customer managed keys, in an account of their own, deployed by the key custodian's role."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws.customer_managed_key import CustomerManagedKey
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.keys import key_args
from billing_identity.stacks.bind.aws.stores import Names, is_home
from billing_identity.stacks.context import Context


def build(context: Context) -> None:
    """Declares a key for logs, one for the ePHI that clients share, and one for each client with its own."""
    passing = handover(context)
    role = context.settings.aws.key_custodian_role
    if is_home(context.shard):
        passing.guard("keys", "keys", role)
    for key, bound in key_args(
        context.catalogue, Names(context.short_name, context.settings), context.shard
    ).items():
        name = f"key-{key}"
        options = pulumi.ResourceOptions.merge(
            context.providers.with_aws("keys", role), pulumi.ResourceOptions(protect=bound.protect)
        )
        passing.add_key(key, CustomerManagedKey(name, bound.args, options))
        context.index[name] = bound.args["tags"]["CatalogueId"]
    passing.export()
