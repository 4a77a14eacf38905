"""What a run takes from outside the program: leave to use default providers, and other stacks' outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from billing_identity.review.preview.record import Secret

References = Mapping[str, Mapping[str, Any]]
"""Outputs of other stacks, by `stack`, `project/stack` or `organization/project/stack`."""


def forbidden(config: Mapping[str, str], package: str) -> bool:
    """Whether `pulumi:disable-default-providers` forbids the default provider of `package`.

    Unreadable means forbidden: the engine stops there too. Pulumi's own package always has one.
    """
    text = config.get("pulumi:disable-default-providers", "")
    if not text or package == "pulumi":
        return False
    try:
        barred: Any = json.loads(text)
    except (ValueError, RecursionError):
        return True
    if not isinstance(barred, list):
        return True
    return any(str(item).strip() in ("*", package) for item in cast("list[Any]", barred))


def default_name(version: str) -> str:
    """The name that the engine gives a default provider: `default_7_0_1`."""
    return "default" + (
        f"_{version.replace('.', '_').replace('-', '_').replace('+', '_')}" if version else ""
    )


def default_inputs(
    config: Mapping[str, str], secret_keys: frozenset[str], package: str, version: str
) -> dict[str, Any]:
    """What the engine configures a default provider with: the package's configuration, and its version.

    Pulumi's own package has none: its keys, such as `disable-default-providers`, are the engine's.
    """
    mark = f"{package}:"
    inputs: dict[str, Any] = {
        key[len(mark) :]: Secret(value) if key in secret_keys else value
        for key, value in config.items()
        if key.startswith(mark) and package != "pulumi"
    }
    if version:
        inputs |= {"__internal": {}, "version": version}
    return inputs


def referenced(references: References, identity: str) -> dict[str, Any] | None:
    """The state of a stack reference to `identity`, or None if that stack's outputs were not given."""
    parts = identity.split("/")
    for key in (identity, "/".join(parts[-2:]), parts[-1]):
        outputs = references.get(key)
        if outputs is not None:
            return {
                "name": identity,
                "outputs": dict(outputs),
                "secretOutputNames": sorted(k for k, v in outputs.items() if isinstance(v, Secret)),
            }
    return None
