"""The Check call: validate declared arguments, generate names, fill in defaults."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from billing_identity.sandbox.schema.load import ResourceType
from billing_identity.sandbox.wire import UNKNOWN, Properties, Secret, Unknown, Value, unwrap

MARK: Final = "__defaults"
_WORDS: Final = {bool: "bool", str: "string", float: "number", list: "list", dict: "object"}


@dataclass(frozen=True, slots=True)
class Failure:
    """One fault: the property path in wire names, and what is wrong with it."""

    property: str
    reason: str


Validator = Callable[[Properties], list[Failure]]


def check(
    schema: ResourceType,
    name: str,
    olds: Properties,
    news: Properties,
    seed: bytes = b"",
    validators: tuple[Validator, ...] = (),
    proposal: str | None = None,
) -> tuple[Properties, list[Failure]]:
    """What the provider would work with: (checked inputs, faults).

    `name` is the resource's name in the program, `olds` the checked inputs of last time (a generated name
    is kept), `seed` makes a generated name repeatable, `proposal` is the name that the project's autonaming
    settings ask for ("" where they forbid generated names, None where there are none). Faults name unknown
    arguments, missing ones and values of a wrong kind.
    """
    faults: list[Failure] = []
    checked = _object(schema, schema.inputs, schema.required, news, "", name, faults)
    defaulted = _autoname(schema, name, olds, checked, seed, proposal)
    for key, value in schema.defaults.items():
        if key not in checked:
            checked[key] = value
            defaulted.append(key)
    if schema.marks:
        checked[MARK] = sorted(defaulted)
    for key in schema.secrets & checked.keys():
        if not isinstance(checked[key], Secret | Unknown):
            checked[key] = Secret(checked[key])
    if not faults:
        plain = unwrap(checked)
        for validate in validators:
            faults.extend(validate(plain))
    return checked, faults


def _autoname(
    schema: ResourceType, name: str, olds: Properties, checked: Properties, seed: bytes, proposal: str | None
) -> list[str]:
    key = schema.autoname
    if not key or key in checked or f"{key}Prefix" in checked or proposal == "":
        return []
    generated = olds.get(MARK, [])
    if key in olds and (key in generated or not schema.marks):
        checked[key] = olds[key]
    elif proposal is not None:
        checked[key] = proposal
    else:
        suffix = hashlib.sha256(seed + name.encode()).hexdigest() if seed else secrets.token_hex(4)
        stem = name.lower() if schema.token == "aws:s3/bucket:Bucket" else name  # noqa: S105
        prefix = "alias/" if schema.token == "aws:kms/alias:Alias" else ""  # noqa: S105
        checked[key] = f"{prefix}{stem}-{suffix[:7]}"
    return [key]


def _object(
    schema: ResourceType,
    inputs: dict[str, str],
    required: frozenset[str],
    news: Properties,
    path: str,
    name: str,
    faults: list[Failure],
) -> Properties:
    checked: Properties = {}
    for key, value in news.items():
        if key == MARK or value is None:
            continue
        place = f"{path}.{key}" if path else key
        if key not in inputs:
            faults.append(Failure(place, f'An argument named "{key}" is not expected here'))
            continue
        checked[key] = _value(schema, inputs[key], value, place, name, faults)
    for key in sorted(required - checked.keys()):
        place = f"{path}.{key}" if path else key
        faults.append(
            Failure(
                place,
                f'Missing required argument. The argument "{key}" is required, but no definition was found. '
                f"Examine values at '{name}.{place}'.",
            )
        )
    return checked


def _value(
    schema: ResourceType, kind: str, value: Value, place: str, name: str, faults: list[Failure]
) -> Value:
    if value is UNKNOWN or kind == "?":
        return value
    if isinstance(value, Secret):
        return Secret(_value(schema, kind, value.value, place, name, faults))
    if kind.startswith("["):
        if isinstance(value, list):
            items = cast("list[Value]", value)
            return [_value(schema, kind[1:], v, f"{place}[{i}]", name, faults) for i, v in enumerate(items)]
    elif kind.startswith("{"):
        if isinstance(value, dict):
            entries = cast("Properties", value)
            return {k: _value(schema, kind[1:], v, f"{place}.{k}", name, faults) for k, v in entries.items()}
    elif kind.startswith("&"):
        nested = schema.objects.get(kind[1:])
        if isinstance(value, dict):
            if nested is None:
                return cast("Properties", value)
            properties = cast("Properties", value)
            checked = _object(schema, nested.inputs, nested.required, properties, place, name, faults)
            return {**checked, MARK: []} if schema.marks else checked
    elif _scalar(kind, value):
        return value
    faults.append(_mismatch(kind, value, place, name))
    return value


def _mismatch(kind: str, value: object, place: str, name: str) -> Failure:
    wanted = {"s": "string", "b": "bool", "i": "number", "n": "number"}.get(
        kind, "list" if kind[0] == "[" else "object"
    )
    found = next((word for known, word in _WORDS.items() if type(value) is known), "null")
    return Failure(place, f"expected {wanted}, got {found}. Examine values at '{name}.{place}'.")


def _scalar(kind: str, value: Value) -> bool:
    """Whether a bridged provider takes the value: it reads numbers and booleans out of strings, and the
    reverse.
    """
    match kind:
        case "s":
            return isinstance(value, str | bool | float)
        case "b":
            return isinstance(value, bool) or value in ("true", "false")
        case _:
            return isinstance(value, float) or (
                isinstance(value, str) and value.replace(".", "", 1).isdigit()
            )
