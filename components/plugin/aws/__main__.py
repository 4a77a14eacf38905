"""Pulumi starts this: the package billing-identity-aws."""

from pulumi.provider.experimental import component_provider_host

from billing_identity.components.plugin.exported import VERSION, components, package_name

component_provider_host(components("aws"), package_name("aws"), version=VERSION)
