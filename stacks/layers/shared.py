"""What the two halves of the identity layer have in common."""

from __future__ import annotations

import pulumi

from billing_identity.roles.model.client import Client
from billing_identity.stacks.context import Context


def clients(context: Context) -> list[Client]:
    """Clients whose people still need a group: all but the closed ones."""
    return [client for client in context.catalogue.clients.values() if client.status != "closed"]


def after(options: pulumi.ResourceOptions, *before: pulumi.Resource) -> pulumi.ResourceOptions:
    """The options, with resources that must be there before."""
    return pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(depends_on=list(before)))
