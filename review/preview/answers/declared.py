"""Which outputs a resource class of the installed SDKs declares, and a stand-in for each.

Read from the class annotations, once per type, and only for types that the program registers (their module is
loaded then anyway).
"""

from __future__ import annotations

import functools
import importlib
import sys
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, cast

from pulumi.runtime import rpc as sdk_rpc

from billing_identity.review.preview.record import Value

Kind = str
"""One of `text`, `flag`, `number`, `list`, `map`, `object`; with a trailing `?` where the SDK says
Optional, and a trailing `=` where it is an input too, so that the service's default stands where the
program is silent.
"""


@functools.cache
def declared(type_: str) -> Mapping[str, Kind]:
    """The outputs that the class of type token `type_` declares, {wire name: kind}; empty if there is no
    class.
    """
    cls = _class_of(type_)
    if cls is None:
        return {}
    arguments = getattr(sys.modules.get(cls.__module__), f"{cls.__name__}Args", None)
    inputs = {name for name, _ in _properties(arguments)} if isinstance(arguments, type) else set[str]()
    return {
        name: _kind(annotation) + ("=" if name in inputs else "") for name, annotation in _properties(cls)
    }


def _properties(cls: type) -> list[tuple[str, Any]]:
    """(wire name, annotation) of the properties that a generated class declares."""
    found: list[tuple[str, Any]] = []
    for item in vars(cls).values():
        getter = item.fget if isinstance(item, property) else None
        name = getattr(getter, "_pulumi_name", None)
        if name is not None:
            found.append((name, getattr(getter, "__annotations__", {}).get("return")))
    return found


def stand_in(kind: Kind, name: str, mark: str) -> Value:
    """A made-up value for an output that nothing models: stable for a given `mark` (hex digits of the URN's
    hash).

    Optional or also an input: None. Text: `<name>-<7 hex digits>`. Flag: False. Number: 0. List and map:
    empty. Nested object: None.
    """
    if kind == "text":
        return f"{name}-{mark[:7]}"
    made_up: dict[str, Value] = {"flag": False, "number": 0, "list": [], "map": {}}
    return made_up.get(kind)


def _class_of(type_: str) -> type | None:
    parts = type_.split(":")
    if len(parts) != 3:
        return None
    package, module, _ = parts
    for entry in cast("list[Any]", cast("Any", sdk_rpc)._RESOURCE_MODULES.get(f"{package}:{module}", [])):
        info = cast("dict[str, Any]", getattr(entry, "mod_info", {}))
        name = info.get("classes", {}).get(type_)
        if name is not None:
            return getattr(importlib.import_module(info["fqn"]), name, None)
    return None


def _kind(annotation: Value) -> Kind:
    inner = typing.get_args(annotation)
    if not inner:
        return "object?"
    wanted = inner[0]
    optional = ""
    if typing.get_origin(wanted) in (typing.Union, types.UnionType):
        members = [item for item in typing.get_args(wanted) if item is not type(None)]
        optional = "?" if len(members) < len(typing.get_args(wanted)) else ""
        wanted = str if str in members else members[0]
    origin = typing.get_origin(wanted) or wanted
    if origin is str:
        return "text" + optional
    if origin is bool:
        return "flag" + optional
    if origin in (int, float):
        return "number" + optional
    if origin in (list, Sequence):
        return "list" + optional
    if origin in (dict, Mapping):
        return "map" + optional
    return "object" + optional
