"""What the AWS provider's source and the services ask of a resource's arguments: the judge of `rules/`.

`rules/<service>.yaml` names, for each resource type, its source file below internal/service of
hashicorp/terraform-provider-aws with the commit that was read, and under each kind of rule the arguments in
Pulumi's names. A path may go through lists: `rules[].filter.prefix` is every rule's. A rule about arguments
that stand side by side may say where: `replicationTime+metrics @ rules[].destination`. `once` is no rule
of the inputs: it names what the object is found by where there can be one only, so that a replacement must
not create first and delete then. Nor is `ordinary`: arguments whose change replaces the object, and which the
catalogue or the settings change in ordinary life.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "rules"
Inputs = dict[str, Any]
Rules = dict[str, Any]
PARTITION = r"arn:aws[\w-]*"


@cache
def tables() -> dict[str, Rules]:
    """Rules by type token, for example `aws:kms/key:Key`."""
    found: dict[str, Rules] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        table = yaml.safe_load(path.read_text("utf-8"))
        assert table["read"], path
        for type_, rules in table["types"].items():
            assert type_ not in found, type_
            assert rules["source"], type_
            found[type_] = rules
    return found


def at(value: Any, path: str) -> Iterator[Any]:
    """What stands at a path; nothing where an argument is not given."""
    head, _, rest = path.partition(".")
    name, many = head.removesuffix("[]"), head.endswith("[]")
    inner = value.get(name) if isinstance(value, dict) else None
    for item in (inner if isinstance(inner, list) else []) if many else [inner]:
        if item is not None:
            if rest:
                yield from at(item, rest)
            else:
                yield item


def places(inputs: Inputs, written: str) -> Iterator[tuple[str, Inputs]]:
    """The names of a rule about neighbours, and each object in which they stand side by side."""
    names, _, where = written.partition(" @ ")
    for place in at(inputs, where) if where else [inputs]:
        if isinstance(place, dict):
            yield names, place


def given(place: Inputs, names: str) -> list[str]:
    """Which of the names have a value; false, as the provider sees it, is none."""
    return [
        name
        for name in names.split("+")
        if place.get(name) is not False and place.get(name) not in (None, [], "")
    ]


def required(inputs: Inputs, written: str) -> Iterator[str]:
    for names, place in places(inputs, written):
        for name in names.split("+"):
            if place.get(name) is None:
                yield f"{name} is required"


def not_together(inputs: Inputs, written: str) -> Iterator[str]:
    for names, place in places(inputs, written):
        if len(found := given(place, names)) > 1:
            yield f"{' and '.join(found)} exclude each other"


def exactly_one(inputs: Inputs, written: str) -> Iterator[str]:
    for names, place in places(inputs, written):
        if len(found := given(place, names)) != 1:
            yield f"exactly one of {names}, not {found}"


def at_least_one(inputs: Inputs, written: str) -> Iterator[str]:
    for names, place in places(inputs, written):
        if not given(place, names):
            yield f"at least one of {names}"


def together(inputs: Inputs, written: str) -> Iterator[str]:
    """The first asks for the others."""
    for names, place in places(inputs, written):
        first, *others = names.split("+")
        if given(place, first):
            yield from (f"{first} asks for {name}" for name in others if not given(place, name))


def never(inputs: Inputs, written: str) -> Iterator[str]:
    if any(True for _ in at(inputs, written)):
        yield f"{written} is given"


def match(value: Any, pattern: str) -> bool:
    return re.fullmatch(pattern, str(value)) is not None


def within(value: Any, bounds: list[float]) -> bool:
    return isinstance(value, int | float) and bounds[0] <= value <= bounds[1]


def length(value: Any, bounds: list[float]) -> bool:
    return bounds[0] <= len(value) <= bounds[1]


def one_of(value: Any, values: list[Any]) -> bool:
    return value in values


def network(value: Any, version: int) -> bool:
    """A network's own address, as the service would give it back."""
    try:
        return ipaddress.ip_network(value).version == version
    except ValueError:
        return False


def arn(value: Any, service: str) -> bool:
    return match(value, rf"{PARTITION}:{service}:[\w-]*:(\d{{12}}|aws)?:.+")


def document(value: Any, limit: int) -> bool:
    """A JSON object, of so many characters at most where spaces are not counted."""
    try:
        return isinstance(json.loads(value), dict) and len(re.sub(r"\s", "", value)) <= limit
    except ValueError:
        return False


OF_NEIGHBOURS: dict[str, Callable[[Inputs, str], Iterator[str]]] = {
    "required": required,
    "not_together": not_together,
    "exactly_one": exactly_one,
    "at_least_one": at_least_one,
    "together": together,
    "never": never,
}
OF_VALUES: dict[str, Callable[[Any, Any], bool]] = {
    "match": match,
    "within": within,
    "length": length,
    "one_of": one_of,
    "network": network,
    "arn": arn,
    "document": document,
}


def faults(type_: str, inputs: Inputs) -> Iterator[str]:
    """Every rule of the type that the inputs break. Raises KeyError for a type that nobody read."""
    rules = tables()[type_]
    for kind, judge in OF_NEIGHBOURS.items():
        for written in rules.get(kind, []):
            yield from (f"{kind}: {why}" for why in judge(inputs, written))
    for kind, holds in OF_VALUES.items():
        for path, wanted in rules.get(kind, {}).items():
            yield from (f"{kind}: {path} {found!r}" for found in at(inputs, path) if not holds(found, wanted))
    for path, wanted in rules.get("whole", {}).items():
        found = sorted(at(inputs, path))
        if found and found != wanted:
            yield f"whole: {path} {found}: the service gives back {wanted}, a change at each `up`"
