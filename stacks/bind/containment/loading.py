"""Loads of a catalogue only what containment needs, so that a fault anywhere else holds up nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.model.system import System
from billing_identity.roles.problems import Location, Problem, sort_key
from billing_identity.roles.validation import validate
from billing_identity.roles.yaml_tree import Tree, read_tree
from billing_identity.stacks.bind.containment.incidents import WITHDRAWS, Incidents

E = TypeVar("E", bound=Entity)


def load_incidents(root: Path) -> tuple[Incidents, tuple[Problem, ...], tuple[Problem, ...]]:
    """Incidents and systems of the catalogue in `root`, what is wrong with incidents, and with systems.

    Faulty systems are left out: they matter only to an incident that withdraws them, which is then wrong.
    A faulty incident is a problem; so is a system in a vendor breach that can't be read. Never raises for
    what the files hold.
    """
    incidents, trees, wrong = _load(root, "incidents", "incident", Incident)
    systems, _, unread = _load(root, "systems", "system", System)
    if not root.is_dir():
        wrong.append(
            Problem.at(
                Location("."),
                code="file-missing",
                message=f"`{root.name}` is not a folder",
                remedy="give the folder of a catalogue",
            )
        )
    wrong += _unknown(incidents, systems)
    return Incidents(incidents, systems, trees), tuple(sorted(wrong, key=sort_key)), tuple(unread)


def _load(
    root: Path, folder: str, kind: str, model: type[E]
) -> tuple[dict[str, E], dict[str, Tree], list[Problem]]:
    found: dict[str, E] = {}
    trees: dict[str, Tree] = {}
    problems: list[Problem] = []
    for path in sorted((root / folder).glob("*.yaml")):
        tree = read_tree(path, f"{folder}/{path.name}")
        problems += tree.problems
        if tree.problems:
            continue
        entity, faults = validate(model, tree, kind, {"id": path.stem, "kind": kind})
        problems += faults
        if entity is not None:
            found[path.stem], trees[path.stem] = entity, tree
    return found, trees, problems


def _unknown(incidents: dict[str, Incident], systems: dict[str, System]) -> Iterator[Problem]:
    for incident in incidents.values():
        for name in incident.scope.systems if incident.incident == WITHDRAWS else ():
            if name not in systems:
                yield Problem.at(
                    Location(f"incidents/{incident.id}.yaml"),
                    code="dangling-reference",
                    message=f"incident `{incident.id}` withdraws `{name}`, and no such system can be read",
                    remedy="correct the name, or the system's file",
                    subject=f"incident:{incident.id}",
                )
