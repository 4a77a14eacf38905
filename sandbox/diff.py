"""The Diff call: what changed between two sets of inputs, and whether the object must be replaced."""

import json
import re
from dataclasses import dataclass, field
from typing import Literal, cast

from billing_identity.sandbox.check import MARK
from billing_identity.sandbox.schema.load import ResourceType
from billing_identity.sandbox.wire import Properties, Value, unwrap, without_defaults

Kind = Literal["add", "delete", "update"]


@dataclass(slots=True)
class Diff:
    """`details` is {property path: (kind, replaces)}; `replaces` and `changed` hold top-level names."""

    details: dict[str, tuple[Kind, bool]] = field(default_factory=dict[str, tuple[Kind, bool]])
    replaces: set[str] = field(default_factory=set[str])
    changed: set[str] = field(default_factory=set[str])
    delete_first: bool = False


def diff(
    schema: ResourceType, olds: Properties, news: Properties, ignored: frozenset[str] = frozenset()
) -> Diff:
    """Compare checked inputs: `olds` of last time with `news`.

    A value that is unknown in `news` counts as changed. JSON documents in strings are compared by content.
    """
    answer = Diff()
    before, after = _clean(olds), _clean(news)
    for key in sorted((before.keys() | after.keys()) - ignored):
        details: dict[str, Kind] = {}
        _compare(key, before.get(key), after.get(key), details)
        if not details:
            continue
        replaces = _replaces(schema, key, before, after)
        answer.changed.add(key)
        if replaces:
            answer.replaces.add(key)
        answer.details.update({path: (kind, replaces) for path, kind in details.items()})
    answer.delete_first = bool(answer.replaces) and _name_in_the_way(schema, olds, news)
    return answer


def _clean(properties: Properties) -> Properties:
    plain: Properties = without_defaults(unwrap(properties))
    return {k: v for k, v in plain.items() if v is not None}


def _replaces(schema: ResourceType, key: str, before: Properties, after: Properties) -> bool:
    if schema.token == "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy":  # noqa: S105
        return (
            key == "conditions" and "devices" in before.get(key, {}) and "devices" not in after.get(key, {})
        )
    if key not in schema.replaces:
        return False
    if schema.token.startswith("azuread:") and "&" in schema.inputs.get(key, ""):
        # A block that forces replacement does so when it comes or goes, not when something in it changes.
        return (key in before) != (key in after)
    return True


def _name_in_the_way(schema: ResourceType, olds: Properties, news: Properties) -> bool:
    """An explicit, unchanged name would collide with itself if the new object came first."""
    key = schema.autoname
    return bool(key) and key in news and key not in news.get(MARK, []) and olds.get(key) == news[key]


def _compare(path: str, before: Value, after: Value, into: dict[str, Kind]) -> None:
    if before is None and after is None:
        return
    if before is None:
        into[path] = "add"
    elif after is None:
        into[path] = "delete"
    elif isinstance(before, dict) and isinstance(after, dict):
        old, new = cast("Properties", before), cast("Properties", after)
        for key in sorted(old.keys() | new.keys()):
            _compare(_step(path, key), old.get(key), new.get(key), into)
    elif isinstance(before, list) and isinstance(after, list):
        olds, news = cast("list[Value]", before), cast("list[Value]", after)
        for index in range(max(len(olds), len(news))):
            _compare(
                f"{path}[{index}]",
                olds[index] if index < len(olds) else None,
                news[index] if index < len(news) else None,
                into,
            )
    elif not equivalent(before, after):
        into[path] = "update"


def _step(path: str, key: str) -> str:
    return f"{path}.{key}" if re.fullmatch(r"[A-Za-z_][\w-]*", key) else f'{path}["{key}"]'


def equivalent(before: Value, after: Value) -> bool:
    """Equal values, or two strings that hold the same JSON document."""
    if before == after:
        return True
    if isinstance(before, str) and isinstance(after, str) and before[:1] in "{[" and after[:1] in "{[":
        try:
            return bool(json.loads(before) == json.loads(after))
        except ValueError:
            return False
    return False
