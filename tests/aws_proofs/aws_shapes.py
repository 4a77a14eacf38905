"""Pulumi's inputs as an AWS API's parameters, led by botocore's description of the operation.

A key is placed by its letters alone (case, singular and plural apart), a single object is put into a list
where the API wants one. Nothing is dropped in silence: an input that the operation has no place for raises
`Unplaced` unless the caller names it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


class Unplaced(Exception):  # noqa: N818 - says what happened
    """An input that an operation does not take."""


def fit(value: Any, shape: Any, names: Mapping[str, str], path: str = "") -> Any:
    """`value` in the form of a botocore `shape`. `names` gives the member of keys that letters don't find."""
    kind = shape.type_name
    if kind == "structure":
        return _structure(value, shape, names, path)
    if kind == "list":
        items = value if isinstance(value, list) else [value]
        return [fit(item, shape.member, names, path) for item in items]
    if kind == "map":
        return {key: fit(item, shape.value, names, path) for key, item in value.items()}
    if kind in ("integer", "long"):
        return int(value)
    if kind in ("double", "float"):
        return float(value)
    if kind == "string":
        return value if isinstance(value, str) else str(value)
    return value


def _structure(value: Any, shape: Any, names: Mapping[str, str], path: str) -> dict[str, Any]:
    if isinstance(value, list) and len(shape.members) == 1:
        ((member, inner),) = shape.members.items()
        return {member: fit(value, inner, names, path)}
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise Unplaced(f"{path}: {value!r} is no object")
    found: dict[str, Any] = {}
    for key, inner in value.items():
        if inner in (None, []):
            continue
        here = f"{path}.{key}" if path else key
        member = names.get(here) or _member(key, shape.members)
        if member is None:
            raise Unplaced(here)
        found[member] = fit(inner, shape.members[member], names, here)
    return found


def _member(key: str, members: Collection[str]) -> str | None:
    letters = {_plain(member): member for member in members}
    return letters.get(_plain(key))


def _plain(name: str) -> str:
    text = name.replace("_", "").lower()
    if text.endswith("ies"):
        return text[:-3] + "y"
    return text.removesuffix("s")
