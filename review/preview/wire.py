"""Between the protocol's structs, the record's values, and what Pulumi's SDK wants back.

Values pass in process, so the answer to a registration needs no struct: the SDK takes a plain dict of
values that are already in the form in which it would have decoded them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from google.protobuf import struct_pb2

from billing_identity.review.preview.record import UNKNOWN, Proto, Secret, Value, has_unknown, reveal

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a type marker of Pulumi's wire format
FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"

_EXACT = 2**53  # integers up to here survive the trip through the wire's doubles


def decode(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A struct's `fields` as (what is recorded, what the SDK may be given back).

    The record has ints where the wire has whole doubles, and `Secret` where it has the secret signature.
    The SDK gets doubles, and undecoded structs where its own decoding matters (signatures, numbers).
    """
    record: dict[str, Any] = {}
    back: dict[str, Any] = {}
    for key, value in fields.items():
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            record[key] = back[key] = value.string_value
        elif kind == "bool_value":
            record[key] = back[key] = value.bool_value
        elif kind == "number_value":
            number = value.number_value
            record[key] = whole(number)
            back[key] = number
        elif kind == "struct_value" or kind == "list_value":
            decoded, plain = _decode(value, kind)
            record[key] = decoded
            back[key] = decoded if plain else getattr(value, kind)
    return record, back


def decode_struct(struct: Proto) -> dict[str, Any]:
    """The recorded form of a struct."""
    return decode(struct.fields)[0]


def whole(number: float) -> float:
    """`number` as an int where it is whole, as JSON would write it."""
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


def _decode(value: Value, kind: str) -> tuple[Any, bool]:
    """(recorded form, whether the SDK may have that same object)."""
    if kind == "string_value":
        text = value.string_value
        return text, text != UNKNOWN
    if kind == "bool_value":
        return value.bool_value, True
    if kind == "number_value":
        return whole(value.number_value), False
    if kind == "list_value":
        items: list[Any] = []
        plain = True
        for item in value.list_value.values:
            decoded, same = _decode(item, item.WhichOneof("kind"))
            items.append(decoded)
            plain = plain and same
        return items, plain
    if kind == "struct_value":
        result: dict[str, Any] = {}
        plain = True
        for key, item in value.struct_value.fields.items():
            decoded, same = _decode(item, item.WhichOneof("kind"))
            # The SDK drops nulls within objects; the engine keeps them.
            plain = plain and same and decoded is not None
            result[key] = decoded
        mark = result.get(SIGNATURE)
        if mark is None:
            return result, plain
        if mark == SECRET:
            return Secret(result.get("value")), False
        if mark == OUTPUT:
            known = result.get("value", UNKNOWN)
            return (Secret(known) if result.get("secret") else known), False
        return result, False
    return None, True


def for_sdk(value: Value) -> Value:
    """A recorded value in the form in which the SDK decodes it: a secret at any depth makes the whole
    secret.
    """
    if has_unknown(value):
        struct: Any = struct_pb2.Struct()
        struct.update({"value": _marked(value)})
        return struct["value"]
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "value": reveal(value)}
    if isinstance(value, dict):
        return _lift({key: for_sdk(item) for key, item in cast("dict[str, Any]", value).items()})
    if isinstance(value, list):
        items = [for_sdk(item) for item in cast("list[Any]", value)]
        if any(_is_secret(item) for item in items):
            return {SIGNATURE: SECRET, "value": [_open(item) for item in items]}
        return items
    return value


def _marked(value: Value) -> Value:
    """A recorded value as JSON with the wire's signatures."""
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "value": _marked(value.value)}
    if isinstance(value, dict):
        return {key: _marked(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_marked(item) for item in cast("list[Any]", value)]
    return value


def _lift(value: dict[str, Any]) -> dict[str, Any]:
    if any(_is_secret(item) for item in value.values()):
        return {SIGNATURE: SECRET, "value": {key: _open(item) for key, item in value.items()}}
    return value


def _is_secret(value: Value) -> bool:
    return isinstance(value, dict) and cast("dict[str, Any]", value).get(SIGNATURE) == SECRET


def _open(value: Value) -> Value:
    return value["value"] if _is_secret(value) else value
