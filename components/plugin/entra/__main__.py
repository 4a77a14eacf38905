"""Pulumi starts this: the package billing-identity-entra."""

from pulumi.provider.experimental import component_provider_host

from billing_identity.components.plugin.exported import VERSION, components, package_name

component_provider_host(components("entra"), package_name("entra"), version=VERSION)
