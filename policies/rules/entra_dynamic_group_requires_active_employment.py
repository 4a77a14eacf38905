"""A dynamic group that does not ask whether the person still works here keeps leavers in."""

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
from billing_identity.policies.framework.tokens import ENTRA_GROUP, ENTRA_GROUP_WITHOUT_MEMBERS


def _active(group: ResourceView, context: RuleContext) -> Iterator[Finding]:
    membership = group.node("dynamicMembership")
    if membership is None:
        raise NotApplicableError("the group is not dynamic")
    rule = membership.text("rule", "")
    try:
        if any(demands(rule, attribute, value) for attribute, value in _signs(context)):
            return
    except ExpressionError as error:
        yield Finding(f"`dynamicMembership.rule` can't be judged: {error}")
        return
    wanted = " or ".join(f"user.{attribute} -eq {value}" for attribute, value in _signs(context))
    yield Finding(f"`dynamicMembership.rule` admits people without {wanted}")


def _signs(context: RuleContext) -> list[tuple[str, str]]:
    if context.catalogue is not None:
        hr = context.catalogue.access_policy.hr
        declared = hr.attributes.get("employment_status")
        if declared is not None:
            return [(declared.entra, hr.active)]
    pairs = [item.partition("=") for item in context.texts("active")]
    return [(attribute, value) for attribute, _, value in pairs]


def _group(rule: str) -> dict[str, object]:
    return {
        "displayName": "role-medical-coder",
        "securityEnabled": True,
        "types": ["DynamicMembership"],
        "dynamicMembership": {"enabled": True, "rule": rule, "__defaults": []},
        "__defaults": [],
    }


RULE = ResourceRule(
    title="Entra dynamic groups admit people in active employment only",
    severity=Severity.HIGH,
    why="Otherwise a leaver keeps the group until somebody remembers, although HR already said so.",
    remedy="join the rule with `and (user.accountEnabled -eq true)` or the HR attribute for employment",
    parameters={
        "active": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["accountEnabled=true", "employeeType=ACTIVE"],
            "description": "`attribute=value` pairs of which one must hold; a catalogue's own goes first.",
        }
    },
    types=(ENTRA_GROUP, ENTRA_GROUP_WITHOUT_MEMBERS),
    checks=(_active,),
    reads={"dynamicMembership": "safe", "dynamicMembership.rule": "fails"},
    weaker={
        "dynamicMembership.rule": (
            '(user.jobTitle -eq "MC")',
            '(user.accountEnabled -eq true) or (user.jobTitle -eq "MC")',
            "(user.accountEnabled -eq false)",
            "(user.accountEnabled -ne true)",
            "",
        )
    },
    neutral={"dynamicMembership": "without it the group has no rule; who is in it then is another rule's"},
    allowed=(
        Example(
            "job title and enabled account",
            ENTRA_GROUP,
            _group('(user.accountEnabled -eq true) and (user.jobTitle -eq "MC")'),
        ),
        Example(
            "joined with -and",
            ENTRA_GROUP,
            _group('(user.jobTitle -in ["MC", "CE"]) -and (user.employeeType -eq "ACTIVE")'),
        ),
    ),
    disallowed=(
        Example("job title alone", ENTRA_GROUP, _group('(user.jobTitle -eq "MC")')),
        Example(
            "in one alternative only",
            ENTRA_GROUP,
            _group('(user.jobTitle -eq "MC") or (user.accountEnabled -eq true)'),
        ),
        Example(
            "negated", ENTRA_GROUP, _group('not (user.accountEnabled -eq true) and (user.jobTitle -eq "MC")')
        ),
        Example("empty", ENTRA_GROUP, _group("")),
    ),
    blind_spot="Whether HR's attribute is right and reaches Entra in time: the joiner-mover-leaver test.",
)
