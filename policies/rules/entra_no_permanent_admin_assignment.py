"""Directory roles are held through groups that are activated for a while, never by a person for good."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import (
    ENTRA_DIRECTORY_ROLE_ASSIGNMENT,
    ENTRA_DIRECTORY_ROLE_MEMBER,
    ENTRA_GROUP,
    ENTRA_GROUP_WITHOUT_MEMBERS,
    ENTRA_PIM_ASSIGNMENT,
    ENTRA_PIM_POLICY,
)
from billing_identity.policies.framework.wire import UNKNOWN

_GROUPS = (ENTRA_GROUP_WITHOUT_MEMBERS, ENTRA_GROUP)


def _assignments(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    activated, doubts = _activated(graph)
    for resource in graph.of(ENTRA_DIRECTORY_ROLE_ASSIGNMENT, ENTRA_DIRECTORY_ROLE_MEMBER):
        principal = (
            "principalObjectId" if resource.type == ENTRA_DIRECTORY_ROLE_ASSIGNMENT else "memberObjectId"
        )
        yield from told(_assignment(graph, context, resource, principal, activated, doubts), resource.urn)


def _assignment(
    graph: Graph,
    context: RuleContext,
    resource: ResourceView,
    principal: str,
    activated: set[str],
    doubts: list[str],
) -> Iterator[Finding]:
    group = graph.target(resource, principal, _GROUPS)
    if group is None:
        holder = resource.text(principal, "")
        if holder not in context.settings.break_glass_groups.entra:
            yield Finding(
                f"the role is held for good by {holder or 'nobody named'}, which is no group of this program "
                "and no declared break-glass group",
                urn=resource.urn,
            )
    elif not group.flag("assignableToRole", default=False):
        yield Finding(f"the group {group.name} is not `assignableToRole`", urn=resource.urn)
    elif group.urn not in activated and doubts:
        yield Finding(doubts[0], urn=resource.urn, doubt=True)
    elif group.urn not in activated:
        yield Finding(
            f"the group {group.name} has no role management policy for members: its members hold the role "
            "for good",
            urn=resource.urn,
        )


def _activated(graph: Graph) -> tuple[set[str], list[str]]:
    """URNs of the groups whose members are activated, and why others can't be told."""
    activated: set[str] = set()
    doubts: list[str] = []
    for policy in graph.of(ENTRA_PIM_POLICY):
        try:
            if policy.text("roleId") == "member":
                group = graph.target(policy, "groupId", _GROUPS)
                if group is not None:
                    activated.add(group.urn)
        except UndecidedError as error:
            doubts.append(error.reason)
        except MalformedError:
            continue
    return activated, doubts


def _schedules(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    for schedule in graph.of(ENTRA_PIM_ASSIGNMENT):
        yield from told(_for_good(schedule), schedule.urn)


def _for_good(schedule: ResourceView) -> Iterator[Finding]:
    if schedule.flag("permanentAssignment", default=False):
        yield Finding("`permanentAssignment` is true: the membership is active for good", urn=schedule.urn)


_GROUP_ID = "11111111-1111-1111-1111-111111111111"


def _urn(type_: str, name: str) -> str:
    return f"urn:pulumi:prod::identity::{type_}::{name}"


def _records(
    principal: object = _GROUP_ID, *, managed: bool = True, assignable: bool = True
) -> tuple[ResourceRecord, ...]:
    group = _urn(ENTRA_GROUP_WITHOUT_MEMBERS, "pim")
    found = [
        ResourceRecord(
            group,
            ENTRA_GROUP_WITHOUT_MEMBERS,
            "pim",
            {"displayName": "pim-user-admin", "assignableToRole": assignable},
            outputs={"displayName": "pim-user-admin", "assignableToRole": assignable, "objectId": _GROUP_ID},
        ),
        ResourceRecord(
            _urn(ENTRA_DIRECTORY_ROLE_ASSIGNMENT, "user-admin"),
            ENTRA_DIRECTORY_ROLE_ASSIGNMENT,
            "user-admin",
            {"roleId": "fe930be7-5e62-47db-91af-98c3a49a38b1", "principalObjectId": principal},
        ),
    ]
    if managed:
        found.append(
            ResourceRecord(
                _urn(ENTRA_PIM_POLICY, "pim"),
                ENTRA_PIM_POLICY,
                "pim",
                {"groupId": _GROUP_ID, "roleId": "member", "activationRules": {"requireApproval": True}},
            )
        )
    return tuple(found)


def _member(person: str) -> tuple[ResourceRecord, ...]:
    group, _, managed = _records()
    urn = _urn(ENTRA_DIRECTORY_ROLE_MEMBER, "user-admin")
    props = {"roleObjectId": "r1", "memberObjectId": person}
    return (group, ResourceRecord(urn, ENTRA_DIRECTORY_ROLE_MEMBER, "user-admin", props), managed)


def _schedule(*, permanent: bool) -> ResourceRecord:
    return ResourceRecord(
        _urn(ENTRA_PIM_ASSIGNMENT, "held"),
        ENTRA_PIM_ASSIGNMENT,
        "held",
        {"groupId": _GROUP_ID, "assignmentType": "member", "permanentAssignment": permanent},
    )


_PERSON = "55555555-5555-5555-5555-555555555555"

RULE = StackRule(
    title="Entra directory roles are held through activated groups, for a while",
    severity=Severity.CRITICAL,
    why="A standing administrator is one stolen session away from the whole tenant.",
    remedy=(
        "give the role to a role-assignable group with a GroupRoleManagementPolicy for members, and make "
        "people eligible for the group"
    ),
    types=(ENTRA_DIRECTORY_ROLE_ASSIGNMENT, ENTRA_DIRECTORY_ROLE_MEMBER, ENTRA_PIM_ASSIGNMENT),
    checks=(_assignments, _schedules),
    reads={
        f"{ENTRA_GROUP_WITHOUT_MEMBERS}: assignableToRole": "fails",
        f"{ENTRA_DIRECTORY_ROLE_ASSIGNMENT}: principalObjectId": "fails",
        f"{ENTRA_DIRECTORY_ROLE_MEMBER}: memberObjectId": "fails",
        f"{ENTRA_PIM_POLICY}: groupId": "fails",
        f"{ENTRA_PIM_POLICY}: roleId": "fails",
        f"{ENTRA_PIM_ASSIGNMENT}: permanentAssignment": "safe",
    },
    weaker={
        f"{ENTRA_GROUP_WITHOUT_MEMBERS}: assignableToRole": (False, "false"),
        f"{ENTRA_DIRECTORY_ROLE_ASSIGNMENT}: principalObjectId": (_PERSON, ""),
        f"{ENTRA_DIRECTORY_ROLE_MEMBER}: memberObjectId": (_PERSON, ""),
        f"{ENTRA_PIM_POLICY}: groupId": (_PERSON, ""),
        f"{ENTRA_PIM_POLICY}: roleId": ("owner", ""),
        f"{ENTRA_PIM_ASSIGNMENT}: permanentAssignment": (True, "true"),
    },
    allowed=(
        StackExample("a group under privileged identity management", _records()),
        StackExample(
            "the declared break-glass group",
            _records("22222222-2222-2222-2222-222222222222", managed=False),
            {"breakGlassGroups": {"entra": ["22222222-2222-2222-2222-222222222222"]}},
            weaker={f"{ENTRA_DIRECTORY_ROLE_ASSIGNMENT}: principalObjectId": (_PERSON, "")},
        ),
        StackExample("an activated group as a member", _member(_GROUP_ID)),
        StackExample("a membership that ends", (_schedule(permanent=False),)),
    ),
    disallowed=(
        StackExample("a person", _records(_PERSON)),
        StackExample("a group without activation", _records(managed=False)),
        StackExample("a group that is not assignable", _records(assignable=False)),
        StackExample(
            "a permanent membership",
            (_schedule(permanent=True),),
        ),
    ),
    undecided=(StackExample("a principal not known yet", _records(UNKNOWN)),),
    blind_spot="Assignments made in the portal, and the settings of the directory roles themselves.",
)
