"""The provider of a package: its components, and a schema in which every shared argument is described."""

import sys

from pulumi.provider import main
from pulumi.provider.experimental.component import ComponentProvider

from billing_identity.components.plugin.exported import VERSION, components, package_name
from billing_identity.components.plugin.meanings import described


def provider(package: str) -> ComponentProvider:
    """The provider, its schema inferred from the components."""
    made = ComponentProvider(components(package), package_name(package), None, VERSION)
    made.schema = described(package, made.schema or "{}")
    return made


def serve(package: str) -> None:
    """Serves a package until the engine is done; Pulumi starts it with the engine's address."""
    main(provider(package), sys.argv[1:])
