"""A chain of methods ends with something that the person has."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.okta import lets_in, rule_name, sign_on_rules
from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.text_codes import without_possession
from billing_identity.policies.framework.tokens import OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES


def _each(resource: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for rule in sign_on_rules(resource):
        yield from told(_rule(rule))


def _rule(rule: View) -> Iterator[Finding]:
    if not lets_in(rule) or rule.text("type", "ASSURANCE") != "AUTH_METHOD_CHAIN":
        return
    for chain in rule.documents("chains"):
        for path in without_possession(chain):
            yield Finding(f"{rule_name(rule)} lets in by a chain of {path}")


_GOOD = (
    '{"authenticationMethods":[{"key":"okta_password","method":"password"}],'
    '"next":[{"authenticationMethods":[{"key":"webauthn","method":"webauthn"}]}]}'
)
_ALONE = '{"authenticationMethods":[{"key":"okta_password","method":"password"}]}'
_TEXT = (
    '{"authenticationMethods":[{"key":"okta_password","method":"password"}],'
    '"next":[{"authenticationMethods":[{"key":"phone_number","method":"sms"}]}]}'
)


def _rules(chain: str) -> dict[str, object]:
    rule: dict[str, object] = {
        "name": "tier",
        "access": "ALLOW",
        "type": "AUTH_METHOD_CHAIN",
        "chains": [chain],
    }
    return {"policyId": "rst1", "rules": [rule]}


def _single(chain: str) -> dict[str, object]:
    return {"policyId": "rst1", "name": "tier", "type": "AUTH_METHOD_CHAIN", "chains": [chain]}


_CHAIN = "chains[*]#."
_PATHS = (
    *("access", "name", "type", "chains"),
    *(f"{_CHAIN}{name}" for name in ("authenticationMethods", "authenticationMethods[*].key", "next")),
    *(
        f"{_CHAIN}next[*].{name}"
        for name in ("authenticationMethods", "authenticationMethods[*].key", "next")
    ),
)
_NEUTRAL = {
    "access": "a rule that denies lets nobody in",
    "name": "a name, for the message",
    "type": "another kind of rule is judged by okta-sign-on-rule-two-factors",
    f"{_CHAIN}next[*].next": "a step after one that asks for possession",
    f"{_CHAIN}authenticationMethods": "what counts is that some step asks for possession",
    f"{_CHAIN}authenticationMethods[*].key": "what counts is that some step asks for possession",
}
_WEAKER: dict[str, tuple[object, ...]] = {
    "chains": ([_ALONE], [_TEXT], [_GOOD, _ALONE], ["{}"]),
    f"{_CHAIN}next": ([],),
    f"{_CHAIN}next[*].authenticationMethods": ([], [{"key": "phone_number", "method": "sms"}]),
    f"{_CHAIN}next[*].authenticationMethods[*].key": ("okta_email", "okta_password", ""),
}
_SAFE = (
    f"{_CHAIN}next[*].next",
    "access",
    "name",
    "type",
    "chains",
    f"{_CHAIN}authenticationMethods",
    f"{_CHAIN}authenticationMethods[*].key",
)

RULE = ResourceRule(
    title="Okta's chains of methods ask for something that the person has",
    severity=Severity.HIGH,
    why="A chain whose only step is the password is a password; a code by text can be relayed.",
    remedy="put a step with webauthn, smart_card_idp or okta_verify into each path of the chain",
    types=(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES),
    checks=(_each,),
    reads={
        "rules": "safe",
        **{
            f"{prefix}{path}": "safe" if path in _SAFE else "fails"
            for prefix in ("", "rules[*].")
            for path in _PATHS
        },
    },
    weaker={f"{prefix}{path}": values for prefix in ("", "rules[*].") for path, values in _WEAKER.items()},
    neutral={
        "rules": "every rule in it is judged",
        **{f"{prefix}{path}": why for prefix in ("", "rules[*].") for path, why in _NEUTRAL.items()},
    },
    tolerates={
        f"{prefix}{path}": "a name, for the message" for prefix in ("", "rules[*].") for path in ("name",)
    },
    allowed=(
        Example("a password, then a key", OKTA_SIGN_ON_RULES, _rules(_GOOD)),
        Example("a single rule", OKTA_SIGN_ON_RULE, _single(_GOOD)),
    ),
    disallowed=(
        Example("a password", OKTA_SIGN_ON_RULES, _rules(_ALONE)),
        Example("a password, then a text", OKTA_SIGN_ON_RULE, _single(_TEXT)),
        Example("a password, then a text, among other rules", OKTA_SIGN_ON_RULES, _rules(_TEXT)),
        Example("no JSON", OKTA_SIGN_ON_RULE, _single("password")),
    ),
)
