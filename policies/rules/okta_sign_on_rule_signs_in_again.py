"""A sign-on rule asks again within hours."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.lengths import duration_hours
from billing_identity.policies.framework.okta import lets_in, rule_name, sign_on_rules
from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES

DEFAULT = "PT2H"
"""The provider's default (resource `okta_app_signon_policy_rule`)."""


def _each(resource: ResourceView, context: RuleContext) -> Iterator[Finding]:
    longest = context.number("hours")
    for rule in sign_on_rules(resource):
        yield from told(_rule(rule, longest))


def _rule(rule: View, longest: float) -> Iterator[Finding]:
    if not lets_in(rule):
        return
    text = rule.text("reAuthenticationFrequency", DEFAULT)
    hours = duration_hours(text)
    if hours is None or hours > longest:
        yield Finding(f"{rule_name(rule)}: `reAuthenticationFrequency` is {text}: PT{longest:.0f}H at most")


def _rules(**changes: object) -> dict[str, object]:
    allow: dict[str, object] = {"name": "tier", "access": "ALLOW", "reAuthenticationFrequency": "PT12H"}
    deny: dict[str, object] = {"name": "contained", "access": "DENY"}
    return {"policyId": "rst1", "rules": [deny, {**allow, **changes}]}


_SINGLE: dict[str, object] = {"policyId": "rst1", "name": "tier"}
_WEAKER = ("PT12H1M", "P365D", "PT43800H", "P1Y", "", "never")

RULE = ResourceRule(
    title="Okta asks again within hours",
    severity=Severity.HIGH,
    why="An application that never asks again stays open to whoever holds the session.",
    remedy="set `reAuthenticationFrequency` to PT12H or less, or leave it out (PT2H)",
    parameters={
        "hours": {
            "type": "number",
            "minimum": 1,
            "maximum": 24,
            "default": 12,
            "description": "Longest time in hours until it asks again (NIST SP 800-63B-4 2.3.3).",
        }
    },
    types=(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES),
    checks=(_each,),
    reads={
        "rules": "safe",
        **{
            f"{prefix}{name}": "safe"
            for prefix in ("", "rules[*].")
            for name in ("access", "name", "reAuthenticationFrequency")
        },
    },
    weaker={"reAuthenticationFrequency": _WEAKER, "rules[*].reAuthenticationFrequency": _WEAKER},
    neutral={
        "rules": "every rule in it is judged",
        **dict.fromkeys(("rules[*].name", "name"), "a name, for the message"),
        **dict.fromkeys(("rules[*].access", "access"), "a rule that denies lets nobody in"),
    },
    tolerates=dict.fromkeys(("rules[*].name", "name"), "a name, for the message"),
    allowed=(
        Example("half a day", OKTA_SIGN_ON_RULES, _rules()),
        Example("every time", OKTA_SIGN_ON_RULE, {**_SINGLE, "reAuthenticationFrequency": "PT0S"}),
        Example("left out (two hours)", OKTA_SIGN_ON_RULE, _SINGLE),
    ),
    disallowed=(
        Example("a year", OKTA_SIGN_ON_RULES, _rules(reAuthenticationFrequency="P365D")),
        Example("once a session", OKTA_SIGN_ON_RULE, {**_SINGLE, "reAuthenticationFrequency": "PT43800H"}),
    ),
    blind_spot="Chains of methods, whose steps have `reauthenticateIn` of their own.",
)
