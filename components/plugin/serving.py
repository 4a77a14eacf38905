"""The provider of a package: its components, and a schema in which every shared argument is described."""

import sys
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, cast

from pulumi import InputPropertiesError
from pulumi.errors import InputPropertyErrorDetails
from pulumi.provider import main
from pulumi.provider.experimental.analyzer import PropertyDefinition
from pulumi.provider.experimental.component import ComponentProvider

from billing_identity.components.plugin.exported import VERSION, components, package_name
from billing_identity.components.plugin.meanings import described


class StrictProvider(ComponentProvider):
    """Refuses inputs that a component does not have, at any depth.

    The SDK's own provider passes them over: a misspelt `breakGlassGroups` would leave the emergency groups
    out without a word.
    """

    def map_input_properties(
        self,
        inputs: Any,  # noqa: ANN401 - what an engine sends
        properties: dict[str, PropertyDefinition],
        mapping: dict[str, str],
        component_name: str,
        property_path: str,
    ) -> Any:  # noqa: ANN401
        """As the base class, after a look at the names. Raises InputPropertiesError with the unknown ones."""
        given: object = inputs
        if isinstance(given, Mapping):
            names = cast("Mapping[str, object]", given)
            _refuse_unknown(names, properties, component_name, property_path)
        return super().map_input_properties(inputs, properties, mapping, component_name, property_path)


def _refuse_unknown(
    inputs: Mapping[str, object], properties: Mapping[str, object], component: str, path: str
) -> None:
    faults: list[InputPropertyErrorDetails] = []
    for name in sorted(inputs.keys() - properties.keys()):
        where = f"{path}.{name}" if path else name
        near = get_close_matches(name, list(properties), n=1)
        meant = f"did you mean {near[0]}?" if near else f"it takes {', '.join(sorted(properties))}"
        faults.append({"property_path": where, "reason": f"unknown; {meant}"})
    if faults:
        listed = "; ".join(f"{fault['property_path']}: {fault['reason']}" for fault in faults)
        raise InputPropertiesError(f"{component}: {listed}", faults)


def provider(package: str) -> ComponentProvider:
    """The provider, its schema inferred from the components."""
    made = StrictProvider(components(package), package_name(package), None, VERSION)
    made.schema = described(package, made.schema or "{}")
    return made


def serve(package: str) -> None:
    """Serves a package until the engine is done; Pulumi starts it with the engine's address."""
    main(provider(package), sys.argv[1:])
