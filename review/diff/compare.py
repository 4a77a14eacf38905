"""Two sets of facts: what differs, and how to go from one to the other."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.review.diff.direction import direction_of, topic_of
from billing_identity.review.diff.model import Change, Key, State


def compare(before: State, after: State) -> list[Change]:
    """Every fact that differs, sorted by key.

    Of an entity or an entry that is new or gone only that is said, not each of its fields.
    """
    keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    whole = {key.subject for key in keys if key.family == "entity"}
    entries = {
        (key.subject, key.aspect) for key in keys if key.family == "field" and key.aspect.endswith(".")
    }
    return [
        Change(
            key,
            before.get(key),
            after.get(key),
            topic_of(key),
            direction_of(key, before.get(key), after.get(key)),
        )
        for key in keys
        if not (key.family == "field" and (key.subject in whole or _within(key, entries)))
    ]


def _within(key: Key, entries: set[tuple[str, str]]) -> bool:
    return any((key.subject, parent) in entries for parent in _parents(key.aspect.removesuffix(".")))


def _parents(path: str) -> Iterator[str]:
    at = path.find(".")
    while at != -1:
        yield path[: at + 1]
        at = path.find(".", at + 1)
