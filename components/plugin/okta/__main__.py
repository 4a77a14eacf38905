"""Pulumi starts this: the package billing-identity-okta."""

from pulumi.provider.experimental import component_provider_host

from billing_identity.components.plugin.exported import VERSION, components, package_name

component_provider_host(components("okta"), package_name("okta"), version=VERSION)
