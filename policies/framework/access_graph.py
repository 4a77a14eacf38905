"""What groups really give, told from the resources: also from assignments made outside our components.

Holders are groups. A group of the same name in Okta and in Entra is the same role's, so both count
together. Entitlements come from

- Okta: the list `entitlements` in an assignment's profile. An assignment to a system's application without
  that list may give anything that the system has, and counts as all of it;
- Entra: the app role's id, which is made from the entitlement's name; the default access, or a role that is
  not the catalogue's, on a system's application counts as all of it;
- AWS: the permission set's name.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from billing_identity.policies.framework.applications import title_let_into
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError, View
from billing_identity.policies.framework.rule import Finding
from billing_identity.policies.framework.settings import OtherPrograms
from billing_identity.policies.framework.telling import said
from billing_identity.policies.framework.tokens import (
    AWS_ACCOUNT_ASSIGNMENT,
    AWS_IDENTITY_GROUP,
    AWS_PERMISSION_SET,
    ENTRA_GROUP,
    ENTRA_GROUP_WITHOUT_MEMBERS,
    ENTRA_ROLE_ASSIGNMENT,
    OKTA_GROUP,
    OKTA_GROUP_ASSIGNMENT,
    OKTA_GROUP_ASSIGNMENTS,
)
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.naming import app_role_id, role_group_name

ASSIGNMENTS = (
    OKTA_GROUP_ASSIGNMENT,
    OKTA_GROUP_ASSIGNMENTS,
    ENTRA_ROLE_ASSIGNMENT,
    AWS_ACCOUNT_ASSIGNMENT,
)
ENTRA_GROUPS = (ENTRA_GROUP, ENTRA_GROUP_WITHOUT_MEMBERS)
DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"
PROFILE_KEY = "entitlements"


@dataclass(frozen=True)
class Given:
    """One assignment's effect: a holder gets entitlements. `exact` is False where everything is assumed."""

    holder: str
    entitlements: frozenset[str]
    urn: str
    exact: bool = True
    declared: bool = True
    """False for a holder that another program declares."""


class Vocabulary:
    """A catalogue's entitlements under the names that the providers use for them."""

    def __init__(self, catalogue: Catalogue, elsewhere: OtherPrograms | None = None) -> None:
        """`elsewhere`: applications and groups of other programs, as the pack's settings name them."""
        self.elsewhere = elsewhere or OtherPrograms()
        self.all: dict[str, frozenset[str]] = {
            system.id: frozenset(f"{system.id}/{name}" for name in system.entitlements)
            for system in catalogue.systems.values()
        }
        self.live_groups = catalogue.live_groups()
        self.systems_by_title = {system.title: system.id for system in catalogue.systems.values()}
        self.known: frozenset[str] = frozenset[str]().union(*self.all.values())
        self.by_app_role = {app_role_id(entitlement): entitlement for entitlement in self.known}
        self.by_permission_set: defaultdict[str, set[str]] = defaultdict(set)
        for system in catalogue.systems.values():
            for name, entitlement in system.entitlements.items():
                if entitlement.permission_set is not None:
                    self.by_permission_set[entitlement.permission_set].add(f"{system.id}/{name}")

    def whole(self, title: str) -> frozenset[str]:
        """All entitlements of the system of that title; none for an application that is no system."""
        return self.all.get(self.systems_by_title.get(title, ""), frozenset[str]())

    def profile(self, assignment: View) -> frozenset[str] | None:
        """Entitlements that an Okta assignment's profile lists; None when it has no such list.

        Raises `MalformedError` for one that the catalogue doesn't know.
        """
        text = assignment.text("profile")
        if text is None:
            return None
        document = assignment.json("profile")
        if document is None or not document.has(PROFILE_KEY):
            return None
        listed = frozenset(document.texts(PROFILE_KEY).all())
        if not listed <= self.known:
            raise MalformedError(f"{document.at}.{PROFILE_KEY}", "entitlements of the catalogue")
        return listed


def given(graph: Graph, context: RuleContext) -> tuple[list[Given], list[Finding]]:
    """What the graph's assignments give, in its order, and a finding for each that can't be read."""
    vocabulary = Vocabulary(context.need_catalogue(), context.settings.other_programs)
    effects: list[Given] = []
    unread: list[Finding] = []
    for assignment in graph.of(*ASSIGNMENTS):
        try:
            effects.extend(_assignment(graph, vocabulary, assignment))
        except (UndecidedError, MalformedError) as error:
            unread.append(said(error, assignment.urn))
    return effects, unread


def _assignment(graph: Graph, vocabulary: Vocabulary, assignment: ResourceView) -> Iterator[Given]:
    match assignment.type:
        case kind if kind == OKTA_GROUP_ASSIGNMENT:
            holder = _holder(graph, vocabulary, assignment, "groupId", (OKTA_GROUP,))
            yield _given(holder, assignment, *_okta(graph, vocabulary, assignment, assignment))
        case kind if kind == OKTA_GROUP_ASSIGNMENTS:
            for group in assignment.nodes("groups"):
                holder = _named(graph, vocabulary, group.text("id", ""), (OKTA_GROUP,))
                yield _given(holder, assignment, *_okta(graph, vocabulary, assignment, group))
        case kind if kind == ENTRA_ROLE_ASSIGNMENT:
            holder = _holder(graph, vocabulary, assignment, "principalObjectId", ENTRA_GROUPS)
            yield _given(holder, assignment, *_entra(graph, vocabulary, assignment))
        case _:
            if assignment.text("principalType", "GROUP") != "GROUP":
                return
            name, _ = _holder(graph, vocabulary, assignment, "principalId", (AWS_IDENTITY_GROUP,))
            permission_set = graph.target(assignment, "permissionSetArn", (AWS_PERMISSION_SET,))
            if permission_set is not None:
                names = vocabulary.by_permission_set.get(permission_set.text("name", ""), set[str]())
                # groups come to AWS by provisioning: no program declares them, the catalogue's access holds
                yield _given((name, True), assignment, frozenset(names))


def _given(
    holder: tuple[str, bool], assignment: ResourceView, entitlements: frozenset[str], exact: bool = True
) -> Given:
    name, declared = holder
    return Given(name, entitlements, assignment.urn, exact, declared)


def _okta(
    graph: Graph, vocabulary: Vocabulary, assignment: ResourceView, part: View
) -> tuple[frozenset[str], bool]:
    listed = vocabulary.profile(part)
    if listed is not None:
        return listed, True
    return vocabulary.whole(title_let_into(graph, assignment, vocabulary.elsewhere.applications)), False


def _entra(graph: Graph, vocabulary: Vocabulary, assignment: ResourceView) -> tuple[frozenset[str], bool]:
    entitlement = vocabulary.by_app_role.get(assignment.text("appRoleId", DEFAULT_ACCESS))
    if entitlement is not None:
        return frozenset({entitlement}), True
    return vocabulary.whole(title_let_into(graph, assignment, vocabulary.elsewhere.applications)), False


def _holder(
    graph: Graph, vocabulary: Vocabulary, assignment: ResourceView, prop: str, types: tuple[str, ...]
) -> tuple[str, bool]:
    group = graph.target(assignment, prop, types)
    if group is not None:
        return group_name(group, vocabulary.live_groups), True
    value = assignment.text(prop, "")
    if not value:
        raise MalformedError(f"{assignment.name}.{prop}", "a group")
    return _declared_elsewhere(vocabulary, value, assignment.type.split(":")[0])


def _named(graph: Graph, vocabulary: Vocabulary, value: str, types: tuple[str, ...]) -> tuple[str, bool]:
    group = graph.find(value, types)
    if group is None:
        return _declared_elsewhere(vocabulary, value, "okta")
    return group_name(group, vocabulary.live_groups), True


def _declared_elsewhere(vocabulary: Vocabulary, value: str, provider: str) -> tuple[str, bool]:
    name = vocabulary.elsewhere.groups.get(value)
    if name is None:
        return f"{provider} group {value}", False
    return role_name(name, vocabulary.live_groups), True


def group_name(group: ResourceView, live_groups: Mapping[str, str]) -> str:
    """A group's name as rules know it: `role-<id>` also where the role's group lives under another name.

    `live_groups` is the catalogue's: role by live name.
    """
    name = group.text("name" if group.type == OKTA_GROUP else "displayName", group.name)
    return role_name(name, live_groups)


def role_name(name: str, live_groups: Mapping[str, str]) -> str:
    """`role-<id>` for the live name of a role's group, else the name itself."""
    role = live_groups.get(name)
    return name if role is None else role_group_name(role)


def by_holder(effects: Iterable[Given]) -> dict[str, dict[str, str]]:
    """Of each holder, its entitlements with the URN of an assignment that gives it."""
    found: dict[str, dict[str, str]] = {}
    for effect in effects:
        held = found.setdefault(effect.holder, {})
        for entitlement in sorted(effect.entitlements):
            held.setdefault(entitlement, effect.urn)
    return found


def profile_of(entitlements: Iterable[str]) -> str:
    """The profile text of an Okta assignment that gives these entitlements; for examples and tests."""
    return json.dumps({PROFILE_KEY: sorted(entitlements)})
