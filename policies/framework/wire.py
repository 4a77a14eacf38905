"""Values as the engine sends them: secrets, outputs and references unwrapped, unknowns recognised."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, cast, runtime_checkable

from google.protobuf.struct_pb2 import Struct, Value
from pulumi_policy.proxy import (
    UNKNOWN_ARCHIVE_VALUE,
    UNKNOWN_ARRAY_VALUE,
    UNKNOWN_ASSET_VALUE,
    UNKNOWN_BOOLEAN_VALUE,
    UNKNOWN_NUMBER_VALUE,
    UNKNOWN_OBJECT_VALUE,
    UNKNOWN_STRING_VALUE,
    UnknownValueError,
)

UNKNOWN = UNKNOWN_STRING_VALUE
"""Stands for a value that is not known yet; the same text as `pulumi.runtime.rpc.UNKNOWN`."""

UNKNOWNS = frozenset(
    {
        UNKNOWN_ARCHIVE_VALUE,
        UNKNOWN_ARRAY_VALUE,
        UNKNOWN_ASSET_VALUE,
        UNKNOWN_BOOLEAN_VALUE,
        UNKNOWN_NUMBER_VALUE,
        UNKNOWN_OBJECT_VALUE,
        UNKNOWN_STRING_VALUE,
    }
)

SIGNATURE = "4dabf18193072939515e22adb298388d"
"""Key by which the wire format marks a mapping that stands for a special value."""
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the wire format's marker, not a secret
_OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e"


_PLAIN = frozenset({str, bool, int, float, list, tuple})


@runtime_checkable
class Wrapped(Protocol):
    """A secret leaf of the SDK or of the offline preview: the plain value is in `value`."""

    @property
    def value(self) -> object:
        """The plain value."""
        ...


def is_unknown(value: object) -> bool:
    """Whether a value stands for one that is not known yet."""
    return isinstance(value, str) and value in UNKNOWNS


def unwrap(value: object) -> object:
    """The value without a wrapper of secrecy, dependency or reference; containers are not descended into.

    An output without a value, and a reference without an id, are unknown.
    """
    while True:
        kind: type[object] = type(value)  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType]
        if value is None or kind in _PLAIN:
            return value  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, Mapping):
            mark = _signature(value)  # pyright: ignore[reportUnknownArgumentType]
            if mark in (_SECRET, _OUTPUT):
                value = value.get("value", UNKNOWN)  # pyright: ignore[reportUnknownMemberType,reportUnknownVariableType]
                continue
            if mark == _REFERENCE:
                value = value.get("id") or UNKNOWN  # pyright: ignore[reportUnknownMemberType,reportUnknownVariableType]
                continue
            return value  # pyright: ignore[reportUnknownVariableType]
        if value is None or isinstance(value, (str, bool, int, float, list, tuple)):
            return value  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, Wrapped):
            value = value.value
            continue
        return value  # pyright: ignore[reportUnknownVariableType]


def _signature(value: Mapping[object, object]) -> object:
    try:
        return value.get(SIGNATURE)
    except UnknownValueError:
        return None


def is_secret(value: object) -> bool:
    """Whether a value is marked as a secret."""
    if isinstance(value, Mapping):
        return _signature(value) == _SECRET  # pyright: ignore[reportUnknownArgumentType]
    plain_value = value is None or isinstance(value, (str, bool, int, float, list, tuple))
    return not plain_value and isinstance(value, Wrapped)


def secret(value: object) -> dict[str, object]:
    """A value marked as a secret, for examples."""
    return {SIGNATURE: _SECRET, "value": value}


def plain(value: object) -> object:
    """A copy in dicts and lists of what the SDK's own proxies hold, with unknowns as their marker texts."""
    if isinstance(value, Mapping):
        copied: dict[str, object] = {}
        for key in value:  # pyright: ignore[reportUnknownVariableType]
            try:
                copied[str(key)] = plain(value[key])  # pyright: ignore[reportUnknownArgumentType]
            except UnknownValueError as unknown:
                copied[str(key)] = unknown.unknown_type_sentinel  # pyright: ignore[reportUnknownArgumentType]
        return copied
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        items: list[object] = []
        for index in range(len(value)):  # pyright: ignore[reportUnknownArgumentType]
            try:
                items.append(plain(value[index]))  # pyright: ignore[reportUnknownArgumentType]
            except UnknownValueError as unknown:
                items.append(unknown.unknown_type_sentinel)
        return items
    return value


def from_struct(struct: Struct) -> dict[str, object]:
    """A protobuf struct as plain dicts and lists; numbers are floats, as the engine sends them."""
    return {key: _from_value(value) for key, value in struct.fields.items()}


def _from_value(value: Value) -> object:
    match value.WhichOneof("kind"):
        case "string_value":
            return value.string_value
        case "bool_value":
            return value.bool_value
        case "number_value":
            return value.number_value
        case "struct_value":
            return from_struct(value.struct_value)
        case "list_value":
            return [_from_value(item) for item in value.list_value.values]
        case _:
            return None


def secret_texts(value: object, *, secret: bool = False) -> Iterator[str]:
    """Every text below a secret marker, also inside a secret JSON text; for keeping them out of messages."""
    if isinstance(value, Mapping):
        block = cast("Mapping[str, object]", value)
        marked = secret or block.get(SIGNATURE) == _SECRET
        for item in block.values():
            yield from secret_texts(item, secret=marked)
    elif isinstance(value, str):
        if secret and value != _SECRET:
            yield value
            yield from _inside(value)
    elif isinstance(value, Sequence):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from secret_texts(item, secret=secret)  # pyright: ignore[reportUnknownArgumentType]
    elif value is None or isinstance(value, (bool, int, float)):
        if secret and value is not None and not isinstance(value, bool):
            yield f"{value:.0f}"
    elif isinstance(value, Wrapped):  # last: telling a protocol is slow
        yield from secret_texts(value.value, secret=True)


def clear_texts(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every known text that no secret marker covers."""
    if isinstance(value, str):
        if value not in UNKNOWNS:
            yield at, value
    elif isinstance(value, Mapping):
        block = cast("Mapping[str, object]", value)
        mark = _signature(value)  # pyright: ignore[reportUnknownArgumentType]
        if mark == _SECRET:
            return
        if mark == _OUTPUT:
            yield from clear_texts(block.get("value"), at)
            return
        for key, item in block.items():
            if key != SIGNATURE:
                yield from clear_texts(item, f"{at}.{key}" if at else str(key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType]
            yield from clear_texts(item, f"{at}[{index}]")  # pyright: ignore[reportUnknownArgumentType]


def _inside(text: str) -> Iterator[str]:
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(document, (dict, list)):
        yield from secret_texts(document, secret=True)  # pyright: ignore[reportUnknownArgumentType]
