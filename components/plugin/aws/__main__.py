"""Pulumi starts this: the package billing-identity-aws."""

from billing_identity.components.plugin.serving import serve

serve("aws")
