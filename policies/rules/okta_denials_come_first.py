"""People whom a rule denies are not let in by one before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.okta import lets_in, rule_name, sign_on_rules
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError, View
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import said
from billing_identity.policies.framework.tokens import (
    OKTA_SIGN_ON_POLICY,
    OKTA_SIGN_ON_RULE,
    OKTA_SIGN_ON_RULES,
)
from billing_identity.policies.framework.wire import UNKNOWN

_WHOM = ("groupsIncluded", "usersIncluded", "userTypesIncluded")


def _order(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    rules: defaultdict[str, list[tuple[ResourceView, View]]] = defaultdict(list)
    for resource in graph.of(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES):
        try:
            policy = _policy(graph, resource)
            rules[policy] += [(resource, rule) for rule in sign_on_rules(resource)]
        except (UndecidedError, MalformedError) as error:
            yield said(error, resource.urn)
    for found in rules.values():
        yield from _within(found)


def _policy(graph: Graph, resource: ResourceView) -> str:
    target = graph.target(resource, "policyId", (OKTA_SIGN_ON_POLICY,))
    return target.urn if target is not None else resource.text("policyId", "")


def _within(found: list[tuple[ResourceView, View]]) -> Iterator[Finding]:
    denied: list[tuple[ResourceView, View, float]] = []
    allowed: list[tuple[View, float]] = []
    for resource, rule in found:
        try:
            if rule.text("status", "ACTIVE") != "ACTIVE":
                continue
            priority = rule.number("priority", 0)
            if lets_in(rule):
                allowed.append((rule, priority))
            elif any(rule.texts(name).all() for name in _WHOM):
                denied.append((resource, rule, priority))
        except (UndecidedError, MalformedError) as error:
            yield said(error, resource.urn)
    for resource, rule, priority in denied:
        before = [other for other, place in allowed if place <= priority and not _spares(other, rule)]
        if before:
            names = ", ".join(rule_name(other) for other in before)
            yield Finding(f"{names} lets in whom {rule_name(rule)} denies after it", urn=resource.urn)


def _spares(other: View, rule: View) -> bool:
    """Whether a rule that lets in leaves out all groups that a later one denies, which denies nobody else."""
    groups = rule.texts("groupsIncluded").all()
    people = [who for name in _WHOM[1:] for who in rule.texts(name).all()]
    return bool(groups) and not people and set(groups) <= set(other.texts("groupsExcluded").all())


def _rules(deny: object, allow: object, **changes: object) -> ResourceRecord:
    denies: dict[str, object] = {
        "name": "contained",
        "access": "DENY",
        "status": "ACTIVE",
        "groupsIncluded": ["00g1"],
        "priority": deny,
    }
    allows: dict[str, object] = {"name": "tier", "access": "ALLOW", "status": "ACTIVE", "priority": allow}
    urn = f"urn:pulumi:prod::identity::{OKTA_SIGN_ON_RULES}::tier"
    props = {"policyId": "rst1", "rules": [{**denies, **changes}, allows]}
    return ResourceRecord(urn, OKTA_SIGN_ON_RULES, "tier", props)


def _single(name: str, policy: str = "rst1", **changes: object) -> ResourceRecord:
    urn = f"urn:pulumi:prod::identity::{OKTA_SIGN_ON_RULE}::{name}"
    return ResourceRecord(urn, OKTA_SIGN_ON_RULE, name, {"policyId": policy, "name": name, **changes})


_AT = f"{OKTA_SIGN_ON_RULES}: rules"
_NAMED = {f"{_AT}[*].{name}": "people named elsewhere are denied too" for name in _WHOM}

RULE = StackRule(
    title="Okta denies named people before it lets anybody in",
    severity=Severity.CRITICAL,
    why="The first rule that fits decides: people contained by an incident would sign in as before.",
    remedy="give rules that deny groups, people or kinds of them the lowest `priority`",
    types=(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES),
    checks=(_order,),
    reads={
        f"{OKTA_SIGN_ON_RULES}: policyId": "safe",
        _AT: "safe",
        **{f"{_AT}[*].{name}": "safe" for name in ("status", "priority", "access", "name", *_WHOM)},
        f"{_AT}[*].groupsExcluded": "fails",
        f"{OKTA_SIGN_ON_RULE}: policyId": "safe",
        **{
            f"{OKTA_SIGN_ON_RULE}: {name}": "safe"
            for name in ("status", "priority", "access", "name", *_WHOM, "groupsExcluded")
        },
    },
    weaker={f"{_AT}[*].groupsExcluded": ([], ["00g2"])},
    neutral={
        f"{OKTA_SIGN_ON_RULES}: policyId": "rules of another policy are another order",
        _AT: "every rule in it is judged",
        **_NAMED,
        **{f"{_AT}[*].{name}": "see the examples" for name in ("status", "priority", "access", "name")},
        f"{OKTA_SIGN_ON_RULE}: policyId": "rules of another policy are another order",
        **{
            f"{OKTA_SIGN_ON_RULE}: {name}": "see the examples"
            for name in ("status", "priority", "access", "name", *_WHOM, "groupsExcluded")
        },
    },
    tolerates={
        f"{_AT}[*].name": "a name, for the message",
        f"{OKTA_SIGN_ON_RULE}: name": "a name, for the message",
    },
    allowed=(
        StackExample("denied first", (_rules(1.0, 2.0),)),
        StackExample(
            "left out by the rule before",
            (
                ResourceRecord(
                    f"urn:pulumi:prod::identity::{OKTA_SIGN_ON_RULES}::tier",
                    OKTA_SIGN_ON_RULES,
                    "tier",
                    {
                        "policyId": "rst1",
                        "rules": [
                            {"name": "tier", "access": "ALLOW", "priority": 1.0, "groupsExcluded": ["00g1"]},
                            {"name": "deny", "access": "DENY", "priority": 2.0, "groupsIncluded": ["00g1"]},
                        ],
                    },
                ),
            ),
        ),
        StackExample(
            "two resources",
            (
                _single("contained", access="DENY", priority=1.0, groupsIncluded=["00g1"]),
                _single("tier", priority=2.0),
            ),
        ),
    ),
    disallowed=(
        StackExample("let in first", (_rules(2.0, 1.0),)),
        StackExample("the same priority", (_rules(1.0, 1.0),)),
        StackExample("a person", (_rules(2.0, 1.0, groupsIncluded=[], usersIncluded=["00u1"]),)),
        StackExample(
            "two resources, let in first",
            (
                _single("contained", access="DENY", priority=2.0, groupsIncluded=["00g1"]),
                _single("tier", priority=1.0),
            ),
        ),
    ),
    undecided=(StackExample("a priority that is not known yet", (_rules(UNKNOWN, 2.0),)),),
    blind_spot="The order of session policies: drift and the order-of-rules test of the catalogue.",
)
