"""Whoever is let into a role that reaches ePHI has current training, as HR's attribute says it."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.access_graph import ENTRA_GROUPS, group_name
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION, assignment_graph, group_rule
from billing_identity.policies.framework.expression import ExpressionError, demands
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import (
    Finding,
    NotApplicableError,
    Severity,
    StackExample,
    StackRule,
)
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import ENTRA_GROUP, OKTA_GROUP, OKTA_GROUP_RULE
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.checks.reach import reaches_ephi, training_of
from billing_identity.roles.model.access_policy import HrAttribute
from billing_identity.roles.naming import role_group_name, role_of_group


def _gate(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    hr = context.need_catalogue().access_policy.hr
    status = hr.attributes.get("training_status")
    if status is None:
        raise NotApplicableError("the catalogue's HR feed has no training status")
    for source in graph.of(OKTA_GROUP_RULE, *ENTRA_GROUPS):
        try:
            yield from told(_source(graph, source, status, hr.trained, context), source.urn)
        except ExpressionError as error:
            yield Finding(f"who is let in can't be judged: {error}", urn=source.urn)


def _source(
    graph: Graph, source: ResourceView, status: HrAttribute, trained: str, context: RuleContext
) -> Iterator[Finding]:
    if source.type == OKTA_GROUP_RULE:
        if source.text("status", "ACTIVE") == "INACTIVE":
            return
        groups = graph.targets(source, "groupAssignments", (OKTA_GROUP,))
        expression, attribute = source.text("expressionValue", ""), status.okta
    else:
        membership = source.node("dynamicMembership")
        if membership is None or not membership.flag("enabled", default=True):
            return
        groups, attribute = [source], status.entra
        expression = membership.text("rule", "")
    if demands(expression, attribute, trained):
        return
    for group in groups:
        role = role_of_group(group_name(group, context.need_catalogue().live_groups()))
        if role is not None and _needs(role, context):
            without = f"without `{attribute}` {trained}"
            yield Finding(f"lets people into {role}, which reaches ePHI, {without}", urn=source.urn)
    # while the groups' ids are unknown, the property's dependencies have told all of them
    if source.type == OKTA_GROUP_RULE and len(groups) < len(source.texts("groupAssignments").known):
        reason = "lets people without training into a group that another program declares: it may reach ePHI"
        yield Finding(reason, urn=source.urn, doubt=True)


def _needs(role: str, context: RuleContext) -> bool:
    """Whether the role reaches ePHI and names training; one that the catalogue doesn't know may."""
    catalogue = context.need_catalogue()
    if role not in catalogue.roles:
        return True
    return bool(training_of(catalogue, role)) and reaches_ephi(catalogue, role, context.settings.day)


_TRAINED = (
    'user.jobCode=="RCM-POSTER" AND user.employmentStatus=="ACTIVE" AND user.hipaaTrainingStatus=="CURRENT"'
)
_ENTRA_TRAINED = '(user.extensionAttribute1 -eq "RCM-POSTER") and (user.extensionAttribute5 -eq "CURRENT")'


def _okta(expression: object, *roles: str) -> tuple[ResourceRecord, ...]:
    rule = group_rule("RCM-POSTER", *roles)
    props = {**rule.props, "expressionValue": expression}
    changed = ResourceRecord(rule.urn, rule.type, rule.name, props)
    return (*(assignment_graph(name=role)[0] for role in roles or ("payment-poster",)), changed)


def _entra(expression: object) -> tuple[ResourceRecord, ...]:
    props: dict[str, object] = {
        "displayName": role_group_name("payment-poster"),
        "dynamicMembership": {"enabled": True, "rule": expression},
    }
    return (
        ResourceRecord(f"urn:pulumi:prod::identity::{ENTRA_GROUP}::poster", ENTRA_GROUP, "poster", props),
    )


RULE = StackRule(
    title="Roles that reach ePHI wait for training",
    severity=Severity.HIGH,
    why="Whoever handles records without training is the disclosure that the training is there to prevent.",
    remedy="join the condition of the group with the HR attribute for current training",
    needs_catalogue=True,
    types=(OKTA_GROUP_RULE, *ENTRA_GROUPS),
    checks=(_gate,),
    reads={
        f"{OKTA_GROUP_RULE}: expressionValue": "fails",
        f"{OKTA_GROUP_RULE}: groupAssignments": "safe",
        f"{OKTA_GROUP_RULE}: status": "safe",
        f"{OKTA_GROUP}: name": "safe",
        f"{ENTRA_GROUP}: displayName": "safe",
        f"{ENTRA_GROUP}: dynamicMembership": "safe",
        f"{ENTRA_GROUP}: dynamicMembership.enabled": "safe",
        f"{ENTRA_GROUP}: dynamicMembership.rule": "fails",
    },
    weaker={
        f"{OKTA_GROUP_RULE}: expressionValue": (
            'user.jobCode=="RCM-POSTER"',
            'user.jobCode=="RCM-POSTER" OR user.hipaaTrainingStatus=="CURRENT"',
            'user.hipaaTrainingStatus!="NONE"',
            'user.hipaaTrainingStatus=="EXPIRED"',
            "",
        ),
        f"{ENTRA_GROUP}: dynamicMembership": ({"enabled": True, "rule": '(user.jobTitle -eq "MC")'},),
        f"{ENTRA_GROUP}: dynamicMembership.rule": ('(user.jobTitle -eq "MC")', ""),
    },
    neutral={
        f"{OKTA_GROUP_RULE}: groupAssignments": "the rule is judged whichever role's it is",
        f"{OKTA_GROUP_RULE}: status": "an inactive rule adds nobody",
        f"{OKTA_GROUP}: name": "the rule is judged whichever role's it is",
        f"{ENTRA_GROUP}: displayName": "a name that carries no role gives none",
        f"{ENTRA_GROUP}: dynamicMembership.enabled": "a rule that is off adds nobody",
    },
    allowed=(
        StackExample("trained people only", _okta(_TRAINED), SEPARATION.settings),
        StackExample("trained people only, in Entra", _entra(_ENTRA_TRAINED), SEPARATION.settings),
    ),
    disallowed=(
        StackExample(
            "job code and employment only", _okta('user.jobCode=="RCM-POSTER"'), SEPARATION.settings
        ),
        StackExample(
            "a role that the catalogue doesn't know", _okta('user.jobCode=="X"', "else"), SEPARATION.settings
        ),
        StackExample("in Entra", _entra('(user.jobTitle -eq "MC")'), SEPARATION.settings),
    ),
    undecided=(StackExample("a condition not known yet", _okta(UNKNOWN), SEPARATION.settings),),
    blind_spot=("Whether HR's attribute tells the truth: the records of the training system."),
)
