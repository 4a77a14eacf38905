"""No job code, in all providers together, reaches both sides of a separation-of-duties rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from billing_identity.policies.framework.access_graph import (
    ASSIGNMENTS,
    ENTRA_GROUPS,
    by_holder,
    given,
    group_name,
)
from billing_identity.policies.framework.conflicts import conflict, unseen
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION, assignment_graph, group_rule
from billing_identity.policies.framework.expression import ExpressionError, admits
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import said
from billing_identity.policies.framework.tokens import ENTRA_GROUP, OKTA_GROUP, OKTA_GROUP_RULE
from billing_identity.policies.framework.two_roles import (
    TWO_ROLES_READ,
    TWO_ROLES_WEAKER,
    two_entra_roles,
    two_roles,
)
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.access import job_code_access, job_code_roles, role_access
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.naming import role_group_name
from billing_identity.roles.separation import Sides, job_code_conflicts, sides

_TYPES = (*ASSIGNMENTS, OKTA_GROUP_RULE, *ENTRA_GROUPS)


def _job_codes(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    day = context.settings.day
    effects, unread = given(graph, context)
    yield from unread
    yield from unseen(effects, sides(catalogue))
    groups = by_holder(effects)
    memberships = _Memberships(graph, catalogue)
    yield from memberships.unread
    acknowledged = {
        (found.rule.id, found.holder) for found in job_code_conflicts(catalogue, day) if found.acknowledged
    }
    rules = sides(catalogue)
    for code in catalogue.access_policy.hr.job_codes:
        standing = _reach(catalogue, memberships, groups, code, context, requested=False)
        reached = _reach(catalogue, memberships, groups, code, context, requested=True)
        holder = f"job-code:{code}"
        for side in rules:
            if side.hit(reached[0]) is None:
                continue
            by_request = side.hit(standing[0]) is None
            if by_request and (side.rule.id, holder) in acknowledged:
                continue
            subjects = [holder, *_whole_roles(catalogue, groups, code, context, side)]
            found = conflict(side, f"job code {code}", reached[0], subjects, ways=reached[1])
            if found is not None:
                yield found


def _whole_roles(
    catalogue: Catalogue,
    groups: dict[str, dict[str, str]],
    code: str,
    context: RuleContext,
    side: Sides,
) -> Iterator[str]:
    """Roles of the job code that hold both sides by themselves: an exception for the role lifts that."""
    for role in job_code_roles(catalogue, code):
        held = {access.entitlement for access in role_access(catalogue, role.id, context.settings.day)}
        if side.hit(held | set(groups.get(role_group_name(role.id), ()))) is not None:
            yield f"role:{role.id}"


def _reach(
    catalogue: Catalogue,
    memberships: _Memberships,
    groups: dict[str, dict[str, str]],
    code: str,
    context: RuleContext,
    *,
    requested: bool,
) -> tuple[dict[str, str], dict[str, str]]:
    """Entitlements of a job code with the URN that gives each, and how the job code comes to it."""
    held: dict[str, str] = {}
    ways: dict[str, str] = {}
    for access in job_code_access(catalogue, code, context.settings.day, requested=requested):
        held.setdefault(access.entitlement, "")
        ways.setdefault(access.entitlement, f"role {access.role}, {access.way}")
    names = set(memberships.groups(code))
    names.update(role_group_name(role.id) for role in job_code_roles(catalogue, code, requested=requested))
    for name in sorted(names):
        for entitlement, urn in groups.get(name, {}).items():
            if not held.get(entitlement):
                held[entitlement] = urn
            ways.setdefault(entitlement, f"group {name}")
    return held, ways


class _Memberships:
    """Which groups a job code lands in by rules: Okta's group rules and Entra's dynamic groups."""

    def __init__(self, graph: Graph, catalogue: Catalogue) -> None:
        self.unread: list[Finding] = []
        self._rules: list[tuple[str, str, str]] = []
        self._live_groups = catalogue.live_groups()
        attribute = catalogue.access_policy.hr.attributes.get("job_code")
        if attribute is None:
            return
        for rule in graph.of(OKTA_GROUP_RULE):
            self._guard(rule, lambda rule=rule: self._okta(graph, rule, attribute.okta))
        for group in graph.of(*ENTRA_GROUPS):
            self._guard(group, lambda group=group: self._entra(group, attribute.entra))

    def _guard(self, resource: ResourceView, read: Callable[[], None]) -> None:
        try:
            read()
        except (UndecidedError, MalformedError) as error:
            self.unread.append(said(error, resource.urn))
        except ExpressionError as error:
            message = f"the membership of {resource.name} can't be judged: {error}"
            self.unread.append(Finding(message, urn=resource.urn))

    def _okta(self, graph: Graph, rule: ResourceView, attribute: str) -> None:
        if rule.text("status", "ACTIVE") == "INACTIVE":
            return
        expression = rule.text("expressionValue", "")
        admits(expression, attribute, "")
        for group in graph.targets(rule, "groupAssignments", (OKTA_GROUP,)):
            self._rules.append((group_name(group, self._live_groups), expression, attribute))

    def _entra(self, group: ResourceView, attribute: str) -> None:
        membership = group.node("dynamicMembership")
        if membership is None or not membership.flag("enabled", default=True):
            return
        expression = membership.text("rule", "")
        admits(expression, attribute, "")
        self._rules.append((group_name(group, self._live_groups), expression, attribute))

    def groups(self, code: str) -> Iterator[str]:
        """Names of the groups whose rule admits somebody with this job code."""
        for name, expression, attribute in self._rules:
            if admits(expression, attribute, code):
                yield name


RULE = StackRule(
    title="No job code reaches duties that one person may not hold together",
    severity=Severity.CRITICAL,
    why="A person holds all groups of the job code at once: two harmless roles can add up to fraud.",
    remedy=(
        "take one of the two entitlements from a role of the job code; where only a request completes the "
        "conflict, the requested role must list the rule in `acknowledged_conflicts`"
    ),
    needs_catalogue=True,
    types=_TYPES,
    checks=(_job_codes,),
    reads={
        **TWO_ROLES_READ,
        f"{OKTA_GROUP_RULE}: expressionValue": "fails",
        f"{OKTA_GROUP_RULE}: groupAssignments": "safe",
        f"{OKTA_GROUP_RULE}: status": "safe",
        f"{ENTRA_GROUP}: dynamicMembership": "safe",
        f"{ENTRA_GROUP}: dynamicMembership.enabled": "safe",
        f"{ENTRA_GROUP}: dynamicMembership.rule": "fails",
    },
    weaker={
        **TWO_ROLES_WEAKER,
        f"{OKTA_GROUP}: name": (role_group_name("payment-poster"), role_group_name("refund-approver")),
        f"{ENTRA_GROUP}: displayName": (
            role_group_name("payment-poster"),
            role_group_name("refund-approver"),
        ),
        f"{OKTA_GROUP_RULE}: expressionValue": (
            'user.employmentStatus=="ACTIVE"',
            'user.jobCode=="RCM-POSTER" OR user.jobCode=="RCM-REFUNDS"',
            'user.jobCode!="NOBODY"',
            "",
        ),
        f"{OKTA_GROUP_RULE}: groupAssignments": (["00gpayment-poster", "00grefund-approver"],),
        f"{ENTRA_GROUP}: dynamicMembership": (
            {"enabled": True, "rule": '(user.extensionAttribute2 -eq "A")'},
        ),
        f"{ENTRA_GROUP}: dynamicMembership.rule": ('(user.extensionAttribute2 -eq "ACTIVE")', ""),
    },
    neutral={
        f"{OKTA_GROUP_RULE}: status": "an inactive rule adds nobody",
        f"{ENTRA_GROUP}: dynamicMembership.enabled": "a rule that is off adds nobody",
    },
    allowed=(
        StackExample(
            "two roles by rules, each with one side",
            (
                *two_roles(),
                group_rule("RCM-POSTER", "payment-poster"),
                group_rule("RCM-REFUNDS", "refund-approver"),
            ),
            SEPARATION.settings,
        ),
        StackExample("two roles in Entra, each with one side", two_entra_roles(), SEPARATION.settings),
    ),
    disallowed=(
        StackExample(
            "two groups of one job code, by a rule outside the catalogue",
            (
                *assignment_graph([SEPARATION.left]),
                *assignment_graph([SEPARATION.right], name="extra"),
                group_rule(SEPARATION.job_code, "payment-poster", "extra"),
            ),
            SEPARATION.settings,
        ),
    ),
    undecided=(
        StackExample(
            "a rule whose expression is not known yet",
            (*assignment_graph([SEPARATION.left]), group_rule(UNKNOWN)),
            SEPARATION.settings,
        ),
    ),
    blind_spot="People whom somebody adds to a group by hand: the drift run reads memberships.",
)
