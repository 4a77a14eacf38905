"""Which way a change goes, and what it is about. For fields a table says it; what is in no table is neither
more nor less, and is still reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from billing_identity.review.diff.field_table import FIELDS, Field
from billing_identity.review.diff.judges import further, ranked, towards
from billing_identity.review.diff.model import Access, Direction, Key, Topic, Value

_SCOPES = ("none", "assigned", "all")
_WAYS = ("administrator", "request", "job-code", "program")
_STATUS = ("lapsed", "in grace", "in force")

WORDING = frozenset({
    "title", "purpose", "rationale", "description", "reason", "summary", "conditions", "objectives", "body",
    "phi_categories", "minimum_necessary", "ticket", "compensating_control", "changed", "on", "micro_lesson",
    "minimum_necessary.", "changed.",
})  # fmt: skip
"""Last names of fields that are prose."""

_ENTITY_TOPICS: Mapping[str, Topic] = {
    "role": Topic.HOLDERS,
    "system": Topic.SYSTEMS,
    "client": Topic.CLIENTS,
    "vendor": Topic.VENDORS,
    "service-account": Topic.ACCESS,
    "exception": Topic.EXCEPTIONS,
}


def topic_of(key: Key) -> Topic:
    """What a fact is about."""
    if key.family == "access":
        return Topic.ACCESS
    if key.family == "holder":
        return Topic.HOLDERS
    if key.family == "conflict":
        return Topic.SEPARATION
    kind = key.subject.partition(":")[0]
    if key.family == "field":
        if _prose(key.aspect):
            return Topic.WORDING
        found = field_of(kind, key.aspect)
        return found.topic if found is not None else Topic.OTHER
    return _ENTITY_TOPICS.get(kind, Topic.OVERSIGHT)


def _prose(path: str) -> bool:
    steps = path.removesuffix(".").split(".")
    return steps[-1] in WORDING or steps[0] in ("minimum_necessary", "changed")


def concerns_everybody(key: Key) -> bool:
    """Whether the access of every person hangs on a fact: the status that HR gives, and where it is read."""
    return key.subject.startswith("access-policy:") and key.aspect.startswith(
        ("hr.active", "hr.trained", "hr.attributes.")
    )


@cache
def field_of(kind: str, path: str) -> Field | None:
    """The table's entry for a field, or None."""
    name = f"{kind}:{path}"
    return next((field for field in FIELDS if fnmatchcase(name, field.pattern)), None)


def direction_of(key: Key, before: Value, after: Value) -> Direction:
    """Which way a fact went. `before` or `after` is None where there was or is none."""
    if before is None or after is None:
        came = _presence(key, after if before is None else before)
        return came if before is None else came.opposite
    if key.family == "access":
        return _access(before, after)
    if key.family == "field" and not _prose(key.aspect):
        found = field_of(key.subject.partition(":")[0], key.aspect)
        if found is not None and found.judge is not None:
            return found.judge(before, after)
    if key.family == "status":
        return _status(key, str(before), str(after))
    if key.family == "conflict":
        opened = [str(value) == "open" for value in (before, after)]
        return Direction.CHANGED if opened[0] == opened[1] else towards(opened[0])
    if key.family == "holder":
        return _towards_access(ranked(_WAYS)(before, after))
    return Direction.CHANGED


def _presence(key: Key, value: Value) -> Direction:
    """Which way it goes when a fact comes."""
    kind = key.subject.partition(":")[0]
    if key.family in ("access", "holder"):
        return Direction.GAIN
    if key.family == "conflict":
        return Direction.WEAKER
    if key.family == "status":
        return Direction.WEAKER if kind == "exception" and value == "in force" else Direction.CHANGED
    if key.family == "entity":
        return Direction.CHANGED
    if _prose(key.aspect):
        return Direction.CHANGED
    found = field_of(kind, key.aspect)
    return found.presence if found is not None else Direction.CHANGED


def _status(key: Key, before: str, after: str) -> Direction:
    if key.subject.startswith("vendor:"):
        return ranked(_STATUS)(before, after)
    lifting = [value == "in force" for value in (before, after)]
    return Direction.CHANGED if lifting[0] == lifting[1] else towards(lifting[0])


def _towards_access(direction: Direction) -> Direction:
    return {Direction.STRONGER: Direction.GAIN, Direction.WEAKER: Direction.LOSS}.get(direction, direction)


def _access(before: Access, after: Access) -> Direction:
    """More clients, data, scope, time or a shorter way is a gain; any gain wins over any loss."""
    steps: list[Any] = [
        ranked(_WAYS)(before.way, after.way),
        ranked(_SCOPES)(before.scope, after.scope),
        further(before.clients, after.clients) if before.clients != after.clients else Direction.CHANGED,
        further(before.data, after.data) if before.data != after.data else Direction.CHANGED,
        ranked(tuple(sorted((before.until or "9999", after.until or "9999"))))(
            before.until or "9999", after.until or "9999"
        ),
    ]
    swapped = any(
        set(new) - set(old) for old, new in ((before.clients, after.clients), (before.data, after.data))
    )
    if Direction.STRONGER in steps or swapped:
        return Direction.GAIN
    lost = any(
        set(old) - set(new) for old, new in ((before.clients, after.clients), (before.data, after.data))
    )
    return Direction.LOSS if Direction.WEAKER in steps or lost else Direction.CHANGED
