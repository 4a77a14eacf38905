"""No group gives both sides of a separation-of-duties rule, whoever declared its assignments."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.access_graph import ASSIGNMENTS, Doubt, Given, by_holder, given
from billing_identity.policies.framework.conflicts import conflict
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION, assignment_graph
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.naming import role_of_group
from billing_identity.roles.separation import sides


def _groups(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    effects: list[Given] = []
    for effect in given(graph, catalogue):
        if isinstance(effect, Doubt):
            yield Finding(effect.reason, urn=effect.urn, doubt=True)
        else:
            effects.append(effect)
    rules = sides(catalogue)
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
    allowed=(StackExample("one side", assignment_graph([SEPARATION.left]), SEPARATION.settings),),
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
