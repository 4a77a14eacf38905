"""Pulumi starts this: the package billing-identity-containment."""

from pulumi.provider.experimental import component_provider_host

from billing_identity.components.plugin.exported import VERSION, components, package_name

component_provider_host(components("containment"), package_name("containment"), version=VERSION)
