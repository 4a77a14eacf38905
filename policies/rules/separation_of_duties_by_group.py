"""No group gives both sides of a separation-of-duties rule, whoever declared its assignments."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.access_graph import ASSIGNMENTS, by_holder, given
from billing_identity.policies.framework.conflicts import conflict, unseen
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION, assignment_graph
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.tokens import ENTRA_GROUP, OKTA_GROUP
from billing_identity.policies.framework.two_roles import (
    ENTRA_GIVEN,
    TWO_ROLES_READ,
    TWO_ROLES_WEAKER,
    two_entra_roles,
    two_roles,
)
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.naming import role_of_group
from billing_identity.roles.separation import sides


def _groups(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    effects, unread = given(graph, context)
    yield from unread
    rules = sides(catalogue)
    yield from unseen(effects, rules)
    for holder, held in sorted(by_holder(effects).items()):
        role = role_of_group(holder)
        for side in rules:
            found = conflict(side, f"group {holder}", held, [f"role:{role}"] if role else [])
            if found is not None:
                yield found


RULE = StackRule(
    title="No group gives duties that one person may not hold together",
    severity=Severity.CRITICAL,
    why="Whoever posts an adjustment and approves the refund can take money without anybody noticing.",
    remedy="assign the two entitlements to different roles, or record a dated exception with its control",
    needs_catalogue=True,
    types=ASSIGNMENTS,
    checks=(_groups,),
    reads=TWO_ROLES_READ,
    weaker={place: values for place, values in TWO_ROLES_WEAKER.items() if place != ENTRA_GIVEN},
    neutral={
        ENTRA_GIVEN: "one assignment gives one role: two to one group are made of the holder",
        **dict.fromkeys(
            (f"{OKTA_GROUP}: name", f"{ENTRA_GROUP}: displayName"), "another name is another holder"
        ),
    },
    allowed=(
        StackExample("two groups, each with one side", two_roles(), SEPARATION.settings),
        StackExample("two groups in Entra, each with one side", two_entra_roles(), SEPARATION.settings),
    ),
    disallowed=(
        StackExample(
            "both sides in one assignment",
            assignment_graph([SEPARATION.left, SEPARATION.right]),
            SEPARATION.settings,
        ),
        StackExample(
            "each side by an assignment of its own",
            assignment_graph([SEPARATION.left], [SEPARATION.right]),
            SEPARATION.settings,
        ),
    ),
    undecided=(
        StackExample(
            "a group not known yet", assignment_graph([SEPARATION.left], group=UNKNOWN), SEPARATION.settings
        ),
    ),
    blind_spot="Permissions that an application gives by itself: access reviews.",
)
