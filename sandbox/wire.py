"""Property values as the engine sends them, and as the sandbox holds them.

On the wire a secret, an unknown or an output is a value with a signature inside a protobuf Struct; here it is
`Secret(value)` or `UNKNOWN` among plain JSON values. Numbers are floats, as the wire has no others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from google.protobuf import struct_pb2

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

# A property value: what JSON has, `Secret` and `UNKNOWN`, nested at will.
Value = Any
Properties = dict[str, Value]


class Unknown:
    """The one value that a preview does not know yet; compare with `is`. As a collection it is empty."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that must stay wrapped wherever it goes."""

    value: Any

    def __repr__(self) -> str:
        return "Secret(...)"


def decode(struct: struct_pb2.Struct) -> Properties:
    """Properties of a message; signatures become `Secret` and `UNKNOWN`."""
    return {key: _decode(value) for key, value in struct.fields.items()}


def _decode(value: struct_pb2.Value) -> Value:
    match value.WhichOneof("kind"):
        case "string_value":
            return UNKNOWN if value.string_value == _UNKNOWN else value.string_value
        case "number_value":
            return value.number_value
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_decode(item) for item in value.list_value.values]
        case "struct_value":
            fields = value.struct_value.fields
            if SIGNATURE in fields:
                return _signed(fields)
            return {key: _decode(item) for key, item in fields.items()}
        case _:
            return None


def _signed(fields: Mapping[str, struct_pb2.Value]) -> Value:
    signature = fields[SIGNATURE].string_value
    if signature == _SECRET:
        return Secret(unwrap(_decode(fields["value"])))
    if signature == _OUTPUT:
        inner = _decode(fields["value"]) if "value" in fields else UNKNOWN
        return Secret(inner) if "secret" in fields and fields["secret"].bool_value else inner
    # Assets, archives and resource references pass through as they are.
    return {key: _decode(item) for key, item in fields.items()}


def encode(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    """The message for `properties`; the inverse of `decode`."""
    struct = struct_pb2.Struct()
    for key, value in properties.items():
        _encode(value, struct.fields[key])
    return struct


def _encode(value: Value, into: struct_pb2.Value) -> None:
    match value:
        case None:
            into.null_value = struct_pb2.NULL_VALUE
        case bool():
            into.bool_value = value
        case int() | float():
            into.number_value = float(value)
        case str():
            into.string_value = value
        case Unknown():
            into.string_value = _UNKNOWN
        case Secret():
            into.struct_value.fields[SIGNATURE].string_value = _SECRET
            _encode(value.value, into.struct_value.fields["value"])
        case Mapping():
            into.struct_value.SetInParent()
            for key, item in cast("Mapping[str, Any]", value).items():
                _encode(item, into.struct_value.fields[key])
        case Sequence():
            into.list_value.SetInParent()
            for item in cast("Sequence[Any]", value):
                _encode(item, into.list_value.values.add())
        case _:
            raise TypeError(f"a property value can't be a {type(value).__name__}")


def unwrap(value: Value) -> Value:
    """`value` with every secret opened, at any depth."""
    match value:
        case Secret():
            return unwrap(value.value)
        case dict():
            return {k: unwrap(v) for k, v in cast("dict[str, Any]", value).items()}
        case list():
            return [unwrap(v) for v in cast("list[Value]", value)]
        case _:
            return value


def has_unknown(value: Value) -> bool:
    """Whether any part of `value` is not known yet."""
    match value:
        case Unknown():
            return True
        case Secret():
            return has_unknown(value.value)
        case dict():
            return any(has_unknown(v) for v in cast("dict[str, Any]", value).values())
        case list():
            return any(has_unknown(v) for v in cast("list[Value]", value))
        case _:
            return False


def without_defaults(value: Value) -> Value:
    """`value` without the `__defaults` lists that Check adds at every depth."""
    match value:
        case Secret():
            return Secret(without_defaults(value.value))
        case dict():
            entries = cast("dict[str, Any]", value).items()
            return {k: without_defaults(v) for k, v in entries if k != "__defaults"}
        case list():
            return [without_defaults(v) for v in cast("list[Value]", value)]
        case _:
            return value


def block(properties: Properties, *path: str) -> Properties:
    """The nested object at a path, {} where there is none."""
    for step in path:
        value = properties.get(step)
        properties = cast("Properties", value) if isinstance(value, dict) else {}
    return properties


def blocks(properties: Properties, name: str) -> list[Properties]:
    """A list of nested objects, [] where there is none."""
    value = properties.get(name)
    return cast("list[Properties]", value) if isinstance(value, list) else []


def texts(properties: Properties, name: str) -> list[str]:
    """A list of strings, [] where there is none."""
    value = properties.get(name)
    return [str(item) for item in cast("list[Value]", value)] if isinstance(value, list) else []
