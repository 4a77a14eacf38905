"""A group rule that does not ask whether the person still works here keeps leavers in."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.expression import ExpressionError, demands
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.tokens import OKTA_GROUP_RULE


def _active(rule: ResourceView, context: RuleContext) -> Iterator[Finding]:
    if rule.text("status", "ACTIVE") == "INACTIVE":
        raise NotApplicableError("an inactive rule adds nobody")
    attribute, value = _employment(context)
    expression = rule.text("expressionValue", "")
    try:
        demanded = demands(expression, attribute, value)
    except ExpressionError as error:
        yield Finding(f"`expressionValue` can't be judged: {error}")
        return
    if not demanded:
        yield Finding(f'`expressionValue` admits people without `user.{attribute}=="{value}"`')


def _employment(context: RuleContext) -> tuple[str, str]:
    if context.catalogue is not None:
        hr = context.catalogue.access_policy.hr
        declared = hr.attributes.get("employment_status")
        if declared is not None:
            return declared.okta, hr.active
    return context.texts("employmentStatus")[0], context.texts("active")[0]


def _rule(expression: str, **more: object) -> dict[str, object]:
    return {
        "name": "jml-medical-coder",
        "status": "ACTIVE",
        "expressionType": "urn:okta:expression:1.0",
        "expressionValue": expression,
        "groupAssignments": ["00g1"],
        "removeAssignedUsers": True,
        "__defaults": [],
        **more,
    }


RULE = ResourceRule(
    title="Okta group rules admit people in active employment only",
    severity=Severity.HIGH,
    why="Otherwise a leaver keeps the group until somebody remembers, although HR already said so.",
    remedy='join the condition with `AND user.employmentStatus=="ACTIVE"`',
    parameters={
        "employmentStatus": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["employmentStatus"],
            "description": "Profile attribute that HR feeds (one name); a catalogue's own goes before it.",
        },
        "active": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["ACTIVE"],
            "description": "Its value for people at work (one value); a catalogue's own goes before it.",
        },
    },
    types=(OKTA_GROUP_RULE,),
    checks=(_active,),
    reads={"status": "safe", "expressionValue": "fails"},
    weaker={
        "expressionValue": (
            'user.jobCode=="MC"',
            'user.jobCode=="MC" OR user.employmentStatus=="ACTIVE"',
            'user.employmentStatus!="TERMINATED"',
            'user.jobCode=="MC" AND user.employmentStatus=="LEAVE"',
            "",
        )
    },
    neutral={"status": "an inactive rule adds nobody"},
    allowed=(
        Example(
            "job code and status",
            OKTA_GROUP_RULE,
            _rule('user.jobCode=="MC" AND user.employmentStatus=="ACTIVE"'),
        ),
        Example(
            "several job codes and status",
            OKTA_GROUP_RULE,
            _rule('user.employmentStatus=="ACTIVE" AND (user.jobCode=="MC" OR user.jobCode=="CE")'),
        ),
    ),
    disallowed=(
        Example("job code alone", OKTA_GROUP_RULE, _rule('user.jobCode=="MC"')),
        Example(
            "status in one alternative only",
            OKTA_GROUP_RULE,
            _rule('user.jobCode=="MC" OR user.jobCode=="CE" AND user.employmentStatus=="ACTIVE"'),
        ),
        Example(
            "status negated", OKTA_GROUP_RULE, _rule('user.jobCode=="MC" AND user.employmentStatus!="ACTIVE"')
        ),
        Example(
            "unbalanced", OKTA_GROUP_RULE, _rule('(user.jobCode=="MC" AND user.employmentStatus=="ACTIVE"')
        ),
        Example(
            "a conditional", OKTA_GROUP_RULE, _rule('user.x=="a" ? true : user.employmentStatus=="ACTIVE"')
        ),
    ),
    blind_spot="Whether HR's attribute is right and reaches Okta in time: the joiner-mover-leaver test.",
)
