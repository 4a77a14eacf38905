"""The assignment that would complete a conflict is refused before it is made."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.access_graph import Vocabulary, profile_of
from billing_identity.policies.framework.conflicts import conflict
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION, assignment_graph
from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity, StackExample
from billing_identity.policies.framework.tokens import (
    ENTRA_ROLE_ASSIGNMENT,
    OKTA_GROUP_ASSIGNMENT,
    OKTA_GROUP_ASSIGNMENTS,
)
from billing_identity.roles.access import concrete_roles
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.separation import Sides, sides


class _Memory:
    """What this run has seen so far: of each group's id, its entitlements and what gives them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.vocabulary = Vocabulary(catalogue)
        self.sides: tuple[Sides, ...] = sides(catalogue)
        self.held: dict[str, dict[str, str]] = {}
        self._roles = [role.id for role in concrete_roles(catalogue)]

    def roles_named(self, name: str) -> list[str]:
        """The role whose id stands in a resource's name, as subject of an exception; the longest only.

        A group's name can't be told from its id before anything is created.
        """
        found = [role for role in self._roles if f"-{role}-" in f"-{name}-"]
        return [f"role:{max(found, key=len)}"] if found else []


def _completes(assignment: ResourceView, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    memory = context.memory.get("seen")
    if not isinstance(memory, _Memory):
        memory = context.memory["seen"] = _Memory(catalogue)
    for part, name, entitlements in _given(assignment, memory.vocabulary):
        touched = [side for side in memory.sides if entitlements & (side.left | side.right)]
        if not touched:
            continue
        alone = dict.fromkeys(entitlements, assignment.urn)
        subjects = memory.roles_named(assignment.name)
        whole = [conflict(side, "the assignment", alone, subjects, urn=assignment.urn) for side in touched]
        yield from (found for found in whole if found is not None)
        if any(whole):
            continue
        group = part.text(name, "")
        held = memory.held.setdefault(group, {})
        held.update(alone)
        for side in touched:
            found = conflict(side, f"group {group}", held, subjects, urn=assignment.urn)
            if found is not None:
                yield found


def _given(assignment: ResourceView, vocabulary: Vocabulary) -> Iterator[tuple[View, str, frozenset[str]]]:
    """Each part of the assignment with the property that names its group, and what the part gives."""
    if assignment.type == ENTRA_ROLE_ASSIGNMENT:
        entitlement = vocabulary.by_app_role.get(assignment.text("appRoleId", ""))
        if entitlement is not None:
            yield assignment, "principalObjectId", frozenset({entitlement})
        return
    parts: list[tuple[View, str]] = (
        [(assignment, "groupId")]
        if assignment.type == OKTA_GROUP_ASSIGNMENT
        else [(group, "id") for group in assignment.nodes("groups")]
    )
    for part, name in parts:
        listed = vocabulary.profile(part)
        if listed:
            yield part, name, listed


RULE = ResourceRule(
    title="An assignment that would join two separate duties in a group is refused",
    severity=Severity.CRITICAL,
    why="A conflict that is found after the update has already been open to use.",
    remedy="assign the two entitlements to different roles, or record a dated exception with its control",
    needs_catalogue=True,
    types=(OKTA_GROUP_ASSIGNMENT, OKTA_GROUP_ASSIGNMENTS, ENTRA_ROLE_ASSIGNMENT),
    checks=(_completes,),
    reads={
        "groupId": "safe",
        "profile": "safe",
        "profile#.entitlements": "safe",
        "groups": "safe",
        "groups[*].id": "safe",
        "groups[*].profile": "safe",
        "groups[*].profile#.entitlements": "safe",
        "appRoleId": "safe",
        "principalObjectId": "safe",
    },
    stateful=True,
    weaker={
        place: (profile_of([SEPARATION.left, SEPARATION.right]),)
        for place in ("profile", "groups[*].profile")
    }
    | dict.fromkeys(
        ("profile#.entitlements", "groups[*].profile#.entitlements"), ([SEPARATION.left, SEPARATION.right],)
    ),
    neutral={
        **dict.fromkeys(
            ("groupId", "groups[*].id", "principalObjectId"),
            "a group is remembered by it: two assignments to one are the sequences below",
        ),
        "appRoleId": "one assignment gives one role; two to one group are a sequence",
        "groups": "every group in it is judged",
    },
    allowed=(
        Example(
            "one side",
            OKTA_GROUP_ASSIGNMENT,
            assignment_graph([SEPARATION.left])[-1].props,
            SEPARATION.settings,
        ),
    ),
    disallowed=(
        Example(
            "both sides at once",
            OKTA_GROUP_ASSIGNMENT,
            assignment_graph([SEPARATION.left, SEPARATION.right])[-1].props,
            SEPARATION.settings,
        ),
    ),
    sequences=(
        StackExample(
            "the second of two assignments",
            assignment_graph([SEPARATION.left], [SEPARATION.right])[-2:],
            SEPARATION.settings,
        ),
    ),
    blind_spot=(
        "Assignments without a list of entitlements, and AWS permission sets, whose ARN names nothing: "
        "separation-of-duties-by-group."
    ),
)
