"""Pulumi starts this: the package billing-identity-okta."""

from billing_identity.components.plugin.serving import serve

serve("okta")
