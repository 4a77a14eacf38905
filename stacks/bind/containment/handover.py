"""Ids of the identity layer: of this run, or of its stack by reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from billing_identity.components.errors import ComponentInputError
from billing_identity.stacks.layers.identity import IDS


def of_run(handed: Mapping[str, pulumi.Output[str]], key: str) -> pulumi.Output[str]:
    """An id that the identity layer of this run declared. Raises ComponentInputError for one it has not."""
    if key not in handed:
        raise ComponentInputError(_missing(key))
    return handed[key]


class Reference:
    """The identity layer's stack: `<organisation>/<project>/identity-<environment>`, or what the
    configuration value `billing-identity:identityStack` names.

    It is referred to when the first id is asked for: without an open incident nothing is read.
    """

    def __init__(self, environment: str) -> None:
        self._environment = environment
        self._outputs: pulumi.Output[Any] | None = None

    def __call__(self, key: str) -> pulumi.Output[str]:
        """The id. The update fails with a clear message when the stack has none."""
        if self._outputs is None:
            named = pulumi.Config("billing-identity").get("identityStack")
            usual = f"{pulumi.get_organization()}/{pulumi.get_project()}/identity-{self._environment}"
            self._outputs = pulumi.StackReference(named or usual).require_output(IDS)
        return self._outputs.apply(lambda ids: _pick(ids, key))


def _pick(ids: Mapping[str, Any], key: str) -> str:
    found = ids.get(key)
    if not isinstance(found, str) or not found:
        raise ComponentInputError(_missing(key))
    return found


def _missing(key: str) -> str:
    return f"the identity layer has no id `{key}`; deploy it, or take the system out of the incident's scope"
