"""Pulumi starts this: the package billing-identity-entra."""

from billing_identity.components.plugin.serving import serve

serve("entra")
