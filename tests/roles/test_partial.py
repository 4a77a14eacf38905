"""What is known of a faulty file is what the sound file says; to read anything else fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from billing_identity.roles.loader import KINDS, REFERENCE, load
from billing_identity.roles.model.base import Entity, references
from billing_identity.roles.partial import KnownEntries, KnownItems, NotKnownError, certain, known_of
from billing_identity.roles.yaml_tree import Steps

SOUND = load(REFERENCE).catalogue
assert SOUND is not None
MODELS: dict[str, type[Entity]] = {kind.name: kind.model for kind in KINDS}
PLACES: list[tuple[str, str, Steps]] = sorted(
    ((kind, name, path) for (kind, name), tree in SOUND.trees.items() for path in tree.places if path),
    key=repr,
)


def entity(kind: str, name: str) -> Entity:
    assert SOUND is not None
    return next(item for item in SOUND.entities() if (getattr(item, "kind"), item.id) == (kind, name))  # noqa: B009


def read(value: Any, step: str | int) -> Any:
    return getattr(value, str(step)) if isinstance(value, BaseModel) else value[step]


def at(value: Any, path: Steps) -> Any:
    for step in path:
        value = read(value, step)
    return value


def differing(known: Any, sound: Any, path: Steps = ()) -> Iterator[Steps]:
    """Paths at which what is known is another value than the sound one; what is not known is skipped."""
    if isinstance(sound, BaseModel):
        for name in type(sound).model_fields:
            try:
                value = getattr(known, name)
            except NotKnownError:
                continue
            yield from differing(value, getattr(sound, name), (*path, name))
    elif isinstance(known, (KnownEntries, KnownItems)):
        for key, value in known.known.items():
            yield from differing(value, sound[key], (*path, key))
    elif isinstance(sound, Mapping):
        if list(known) != list(sound):
            yield path
        for key in sound:
            yield from differing(known[key], sound[key], (*path, key))
    elif isinstance(sound, tuple) and sound and isinstance(sound[0], BaseModel):
        if len(known) != len(sound):
            yield path
        for index, value in enumerate(known):
            yield from differing(value, sound[index], (*path, index))
    elif known != sound:
        yield path


@given(st.sampled_from(PLACES))
def test_what_is_known_is_what_the_sound_file_says(place: tuple[str, str, Steps]) -> None:
    kind, name, path = place
    assert SOUND is not None
    data = {**SOUND.trees[kind, name].data, "id": name, "kind": kind}
    known, sound = known_of(MODELS[kind], data, [path]), entity(kind, name)
    assert list(differing(known, sound)) == []
    with pytest.raises(NotKnownError):
        at(known, path)
    assert isinstance(known, MODELS[kind])
    left = set(references(known))
    assert left <= set(references(sound))
    assert {found for found, _ in references(sound)} - {found for found, _ in left} <= {
        found for found, _ in references(sound) if found[0] == path[0]
    }


def test_nothing_is_known_of_what_is_no_mapping() -> None:
    known = known_of(MODELS["role"], ["a"], ())
    with pytest.raises(NotKnownError):
        known.id  # noqa: B018  # pyright: ignore[reportUnusedExpression]
    assert list(references(known)) == []


def test_an_unknown_field_leaves_every_field_that_is_not_written_unknown() -> None:
    assert SOUND is not None
    data = {**SOUND.trees["role", "controller"].data, "id": "controller", "privleged": True}
    known: Any = known_of(MODELS["role"], data, [("privleged",)])
    assert known.owner == at(entity("role", "controller"), ("owner",))
    for name in ("privileged", "abstract", "request"):
        with pytest.raises(NotKnownError):
            getattr(known, name)


def test_parts_are_read_until_the_first_that_is_not_known() -> None:
    entries, items = KnownEntries({"a": 1}), KnownItems({0: "a", 2: "c"})
    assert list(certain(entries.values())) == [1]
    assert list(certain(items)) == ["a"]
    assert ("a" in entries, "a" in items, bool(entries), bool(items), items[2]) == (
        True,
        True,
        True,
        True,
        "c",
    )
    for unknown in (
        lambda: "b" in entries,
        lambda: "b" in items,
        lambda: len(entries),
        lambda: len(items),
        lambda: entries.get("b"),
        lambda: {**entries},
        lambda: set(items),
        lambda: items + ("d",),  # noqa: RUF005 - the operator itself
        lambda: bool(KnownItems({})),
    ):
        with pytest.raises(NotKnownError):
            unknown()
