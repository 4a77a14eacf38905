"""Pulumi starts this: the package billing-identity-containment."""

from billing_identity.components.plugin.serving import serve

serve("containment")
