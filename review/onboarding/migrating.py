"""`billing-identity migrate`: moves a company's catalogue forward to the schema that this program reads.

A migration leads from one version to the next, as a function over the text of all files. Only version 1
exists, so there is none yet; the first that changes the schema adds its step to `MIGRATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from billing_identity.review.onboarding.writing import swap_folder
from billing_identity.roles.problems import Location, Problem
from billing_identity.roles.yaml_tree import read_tree

CURRENT = 1
"""The version that the loader reads."""

Files = Mapping[str, str]
"""Text by path below the catalogue."""
Migration = Callable[[Files], Files]
"""Files of version n in, files of version n + 1 out, `schema_version` included; files left out stay."""

MIGRATIONS: Mapping[int, Migration] = {}
"""By the version that it starts from."""
FILE = "organisation.yaml"


def version_of(catalogue: Path) -> tuple[int | None, Problem | None]:
    """The catalogue's schema version, or why it can't be told."""
    tree = read_tree(catalogue / FILE, FILE)
    if tree.problems:
        return None, tree.problems[0]
    data: Any = tree.data
    found: Any = cast("dict[str, Any]", data).get("schema_version") if isinstance(data, dict) else None
    if not isinstance(found, int) or isinstance(found, bool):
        remedy = f"write `schema_version: {CURRENT}`, or the version that the catalogue was written for"
        return None, _problem(
            tree.locate(("schema_version",)), "`schema_version` is not a whole number", remedy
        )
    if found < 1:
        remedy = "the first version is 1"
        return None, _problem(tree.locate(("schema_version",)), f"there is no schema version {found}", remedy)
    return found, None


def migrate(
    catalogue: Path, migrations: Mapping[int, Migration] | None = None, current: int = CURRENT
) -> tuple[tuple[int, ...], Problem | None]:
    """Moves the catalogue forward in place, whole or not at all; returns the versions it went through.

    A version from after this program, or one that no migration leads on from, is refused.
    """
    steps = MIGRATIONS if migrations is None else migrations
    found, problem = version_of(catalogue)
    if found is None:
        return (), problem
    place = read_tree(catalogue / FILE, FILE).locate(("schema_version",))
    if found > current:
        message = f"schema version {found} is from after this program, which reads {current}"
        return (), _problem(place, message, "use the newer program")
    for version in range(found, current):
        if version not in steps:
            message = f"nothing leads from schema version {version} to {version + 1}"
            return (), _problem(place, message, "use an older program first, then this one")
    if found == current:
        return (found,), None
    before = {
        path.relative_to(catalogue).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(catalogue.rglob("*.yaml"))
    }
    files = dict(before)
    for version in range(found, current):
        files |= steps[version](files)
    swap_folder(catalogue, {name: text for name, text in files.items() if before.get(name) != text})
    return tuple(range(found, current + 1)), None


def _problem(place: Location, message: str, remedy: str) -> Problem:
    return Problem.at(place, code="schema-version", message=message, remedy=remedy)
