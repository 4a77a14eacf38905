"""A sign-on rule that lets people in asks for two factors, in constraints that Okta really takes."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.okta import CONSTRAINT_KEYS, lets_in, rule_name, sign_on_rules
from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity, Weaker
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES


def _each(resource: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for rule in sign_on_rules(resource):
        yield from told(_rule(rule))


def _rule(rule: View) -> Iterator[Finding]:
    if not lets_in(rule):
        return
    if rule.text("type", "ASSURANCE") == "AUTH_METHOD_CHAIN":
        if not rule.texts("chains"):
            yield Finding(f"{rule_name(rule)} is a chain without `chains`")
        return
    mode = rule.text("factorMode", "2FA")
    if mode != "2FA":
        yield Finding(f"{rule_name(rule)} lets in with `factorMode` {mode}")
    constraints = rule.documents("constraints")
    if not constraints:
        yield Finding(f"{rule_name(rule)} has no `constraints`: any two factors satisfy it, SMS included")
    for constraint in constraints:
        yield from _constraint(rule, constraint)


def _constraint(rule: View, constraint: View) -> Iterator[Finding]:
    for kind in constraint.names():
        known = CONSTRAINT_KEYS.get(kind)
        if known is None:
            yield Finding(f"{rule_name(rule)}: constraint `{kind}` is unknown, Okta drops it silently")
            continue
        part = constraint.node(kind)
        if part is None:
            continue
        for key in part.names():
            if key not in known:
                yield Finding(f"{rule_name(rule)}: `{kind}.{key}` is unknown, Okta drops it silently")
        if not part.flag("required", default=False):
            yield Finding(f"{rule_name(rule)}: `{kind}` without `required: true` is sent as not required")
    if constraint.node("possession") is None:
        yield Finding(f"{rule_name(rule)}: a constraint without `possession` is satisfied by knowledge alone")


_GOOD = '{"possession":{"deviceBound":"REQUIRED","required":true,"userPresence":"REQUIRED"}}'


def _rules(**changes: object) -> dict[str, object]:
    allow: dict[str, object] = {
        "name": "tier",
        "access": "ALLOW",
        "type": "ASSURANCE",
        "factorMode": "2FA",
        "priority": 2.0,
        "constraints": [_GOOD],
    }
    deny: dict[str, object] = {"name": "contained", "access": "DENY", "priority": 1.0}
    return {"policyId": "rst1", "rules": [deny, {**allow, **changes}]}


_SINGLE: dict[str, object] = {"policyId": "rst1", "name": "tier", "priority": 1.0}

_WEAKER: Weaker = {
    "factorMode": ("1FA", "2fa"),
    "type": ("AUTH_METHOD_CHAIN",),
    "constraints": ([], ["{}"], ['{"knowledge":{"required":true}}']),
    "constraints[*]#.possession": (
        {},
        {"required": False},
        {"required": True, "phishingResistent": "REQUIRED"},
    ),
    "constraints[*]#.possession.required": (False,),
}

RULE = ResourceRule(
    title="Okta sign-on rules ask for two factors, in constraints that Okta understands",
    severity=Severity.HIGH,
    why="Okta ignores a misspelt constraint without an error, and takes an omitted `required` for false.",
    remedy=(
        "let in with `factorMode` 2FA and a constraint "
        '`{"possession": {"required": true, "phishingResistant": "REQUIRED", ...}}`'
    ),
    types=(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES),
    checks=(_each,),
    reads={
        "rules": "safe",
        "rules[*].access": "safe",
        "rules[*].name": "safe",
        "rules[*].type": "safe",
        "rules[*].factorMode": "safe",
        "rules[*].constraints": "fails",
        "rules[*].constraints[*]#.possession": "fails",
        "rules[*].constraints[*]#.possession.required": "fails",
        "rules[*].constraints[*]#.knowledge": "safe",
        "rules[*].constraints[*]#.knowledge.required": "fails",
        "access": "safe",
        "name": "safe",
        "type": "safe",
        "factorMode": "safe",
        "constraints": "fails",
        "constraints[*]#.possession": "fails",
        "constraints[*]#.possession.required": "fails",
    },
    weaker={
        **{f"rules[*].{path}": values for path, values in _WEAKER.items()},
        **_WEAKER,
        "rules[*].constraints[*]#.knowledge.required": (False,),
    },
    neutral={
        "rules": "every rule in it is judged",
        **dict.fromkeys(("rules[*].name", "name"), "a name, for the message"),
        **dict.fromkeys(("rules[*].access", "access"), "a rule that denies lets nobody in"),
        "rules[*].constraints[*]#.knowledge": "a second factor beside possession",
    },
    allowed=(
        Example("a deny and an allow", OKTA_SIGN_ON_RULES, _rules()),
        Example(
            "a password beside a key",
            OKTA_SIGN_ON_RULES,
            _rules(constraints=['{"knowledge":{"required":true},"possession":{"required":true}}']),
        ),
        Example(
            "a single rule with the provider's defaults filled in",
            OKTA_SIGN_ON_RULE,
            {
                **_SINGLE,
                "access": "ALLOW",
                "factorMode": "2FA",
                "type": "ASSURANCE",
                "reAuthenticationFrequency": "PT2H",
                "constraints": [_GOOD],
                "__defaults": ["access", "factorMode", "reAuthenticationFrequency", "type"],
            },
        ),
        Example("a single rule without defaults", OKTA_SIGN_ON_RULE, {**_SINGLE, "constraints": [_GOOD]}),
    ),
    disallowed=(
        Example("one factor", OKTA_SIGN_ON_RULES, _rules(factorMode="1FA")),
        Example("no constraints", OKTA_SIGN_ON_RULE, _SINGLE),
        Example(
            "a misspelt key",
            OKTA_SIGN_ON_RULES,
            _rules(constraints=['{"possession":{"required":true,"phishingResistent":"REQUIRED"}}']),
        ),
        Example(
            "a misspelt class", OKTA_SIGN_ON_RULES, _rules(constraints=['{"posession":{"required":true}}'])
        ),
        Example(
            "required left out",
            OKTA_SIGN_ON_RULES,
            _rules(constraints=['{"possession":{"phishingResistant":"REQUIRED"}}']),
        ),
        Example("not JSON", OKTA_SIGN_ON_RULES, _rules(constraints=["possession: required"])),
        Example(
            "knowledge only", OKTA_SIGN_ON_RULES, _rules(constraints=['{"knowledge":{"required":true}}'])
        ),
    ),
    blind_spot="The steps inside a chain of methods, and the catch-all rule of a policy.",
)
