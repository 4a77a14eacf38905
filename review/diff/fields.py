"""Every field of an entity as a fact, so that no change is ever left out of a comparison.

Lists of entries with a name of their own are keyed by it, so that moving an entry changes nothing. Fields
from which access is computed (a role's grants and what it inherits) are left to the facts of access.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from billing_identity.review.diff.model import Key, Value
from billing_identity.roles.model.base import Entity

DERIVED = {
    "role": frozenset({"grants", "inherits", "abstract", "job_codes", "assignment"}),
    "service-account": frozenset({"entitlements"}),
}
"""Fields whose meaning is in other facts. (`request.eligible` too; see `_skip`.)"""

_NAMES = ("id", "name", "function", "kind", "incident", "question", "received", "organisation")
"""Fields by which an entry of a list is known, the first that it has."""

ORDERED = frozenset({"rings"})
"""Lists whose order means something."""

PRESENT = "present"
"""Value of a fact that says no more than that something is there."""


def field_facts(entity: Entity) -> Iterator[tuple[Key, Value]]:
    """The entity's presence, and each leaf of it by its dotted path; empty values are no facts."""
    dumped = entity.model_dump(mode="json", exclude={"id", "kind"})
    kind: str = getattr(entity, "kind")  # noqa: B009
    subject = f"{kind}:{entity.id}"
    yield Key("entity", subject), PRESENT
    skipped = DERIVED.get(kind, frozenset[str]())
    for name, value in dumped.items():
        if name not in skipped:
            for path, leaf in _leaves(value, name):
                if not (kind == "role" and path == "request.eligible"):
                    yield Key("field", subject, path), leaf


def _leaves(value: Value, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        mapping = cast("dict[str, Any]", value)
        if not mapping:
            return
        yield f"{path}.", PRESENT
        for key, item in mapping.items():
            yield from _leaves(item, f"{path}.{key}")
    elif isinstance(value, list):
        entries = cast("list[Any]", value)
        if entries and all(isinstance(entry, dict) for entry in entries):
            used: dict[str, int] = {}
            for entry in cast("list[dict[str, Any]]", entries):
                name = entry_name(entry)
                used[name] = used.get(name, 0) + 1
                if used[name] > 1:
                    name = f"{name}#{used[name]}"
                yield from _leaves(entry, f"{path}.{name}")
        elif entries:
            texts = [str(entry) for entry in entries]
            yield path, tuple(texts if path in ORDERED else sorted(texts))
    elif value is not None and value != "":
        yield path, value


def entry_name(entry: dict[str, Any]) -> str:
    """The name by which a path calls an entry of a list; points in it would look like steps."""
    found = next((entry[name] for name in _NAMES if entry.get(name)), None)
    if found is None and {"source", "target"} <= entry.keys():
        found = f"{entry['source']}-{entry['target']}"
    return str(found if found is not None else "entry").replace(".", " ")
