"""Where a change stands in the files."""

from __future__ import annotations

from typing import Any, cast

from billing_identity.review.diff.fields import entry_name
from billing_identity.review.diff.model import Change, Place
from billing_identity.review.diff.state import View
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Location
from billing_identity.roles.yaml_tree import Steps


def place_of(change: Change, base: View, head: View) -> Place:
    """Line of a change in the head; for what is gone from a file that stays, the file's first lines; for
    what is gone with its file, the line in the base."""
    if change.after is not None and (found := _in(head, change)) is not None:
        return Place(found)
    if change.after is None and (found := _entity(head, change.key.subject)) is not None:
        return Place(found)
    found = _in(base, change)
    return Place(found, "base") if found is not None else Place(Location("access-policy.yaml"))


def _entity(view: View, subject: str) -> Location | None:
    kind, _, name = subject.partition(":")
    if view.catalogue is None or (kind, name) not in view.catalogue.trees:
        return None
    return view.catalogue.trees[(kind, name)].locate(())


def _in(view: View, change: Change) -> Location | None:
    catalogue = view.catalogue
    kind, _, name = change.key.subject.partition(":")
    if catalogue is None:
        return None
    if change.key.family == "conflict":
        for problem in view.problems:
            if problem.code == change.key.aspect and problem.subject == change.key.subject:
                return problem.location
        return None
    if (kind, name) not in catalogue.trees:
        return None
    if change.key.family == "access" and kind == "role":
        held = view.held(name).get(change.key.aspect)
        if held is not None:
            role = catalogue.roles[held.granted_by]
            return catalogue.locate(role, ("grants", role.grants.index(held.grant), "entitlement"))
    steps = _steps(catalogue, (kind, name), change.key.aspect) if change.key.family == "field" else ()
    if change.key.family == "holder":
        steps = ("job_codes",)
    return catalogue.trees[(kind, name)].locate(steps)


def _steps(catalogue: Catalogue, key: tuple[str, str], path: str) -> Steps:
    """A dotted path as keys and indexes of the file, as far as it can be followed."""
    node: Any = catalogue.trees[key].data
    steps: Steps = ()
    for name in path.removesuffix(".").split("."):
        if isinstance(node, dict) and name in node:
            node, steps = cast("dict[str, Any]", node)[name], (*steps, name)
        elif isinstance(node, list):
            entries = cast("list[Any]", node)
            index = next(
                (
                    i
                    for i, entry in enumerate(entries)
                    if isinstance(entry, dict) and entry_name(cast("dict[str, Any]", entry)) == name
                ),
                None,
            )
            if index is None:
                return steps
            node, steps = entries[index], (*steps, index)
        else:
            return steps
    return steps
