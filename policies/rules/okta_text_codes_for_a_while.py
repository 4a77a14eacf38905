"""Codes by text, call or e-mail let nobody in but the declared fallback group, until its last day."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.okta import lets_in, rule_name, sign_on_rules
from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule, Weaker
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.text_codes import STRONG, fallback_group, takes_text_codes
from billing_identity.policies.framework.tokens import OKTA_GROUP, OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.naming import TEXT_CODES


def _each(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    fallback = fallback_group(context)
    for resource in graph.of(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES):
        yield from told(_resource(graph, resource, fallback), resource.urn)


def _resource(graph: Graph, resource: ResourceView, fallback: str | None) -> Iterator[Finding]:
    for rule in sign_on_rules(resource):
        yield from _rule(graph, resource, rule, fallback)


def _rule(graph: Graph, resource: ResourceView, rule: View, fallback: str | None) -> Iterator[Finding]:
    if not lets_in(rule) or rule.text("type", "ASSURANCE") == "AUTH_METHOD_CHAIN":
        return
    taken = [takes_text_codes(constraint.node("possession")) for constraint in rule.documents("constraints")]
    if not any(taken) or _for_fallback(graph, rule, fallback):
        return
    who = (
        f"for others than the group {fallback}"
        if fallback
        else "and no fallback is declared, or it has ended"
    )
    yield Finding(f"{rule_name(rule)} takes codes by text, call or e-mail {who}", urn=resource.urn)


def _for_fallback(graph: Graph, rule: View, fallback: str | None) -> bool:
    groups = rule.texts("groupsIncluded").all()
    if fallback is None or not groups:
        return False
    found = [graph.find(group, (OKTA_GROUP,)) for group in groups]
    return all(group is not None and group.text("name", "") == fallback for group in found)


def _rules(possession: object, **changes: object) -> ResourceRecord:
    import json

    rule: dict[str, object] = {
        "name": "tier",
        "access": "ALLOW",
        "type": "ASSURANCE",
        "constraints": [json.dumps({"possession": possession})],
        **changes,
    }
    urn = f"urn:pulumi:prod::identity::{OKTA_SIGN_ON_RULES}::tier"
    return ResourceRecord(urn, OKTA_SIGN_ON_RULES, "tier", {"policyId": "rst1", "rules": [rule]})


def _group() -> ResourceRecord:
    urn = f"urn:pulumi:prod::identity::{OKTA_GROUP}::fallback"
    return ResourceRecord(urn, OKTA_GROUP, "fallback", {"name": TEXT_CODES}, id="00g1")


_ANY: dict[str, object] = {"required": True}
_TEXTS: dict[str, object] = {
    "required": True,
    "authenticationMethods": [{"key": "phone_number", "method": "sms"}],
}
_AT = f"{OKTA_SIGN_ON_RULES}: rules"
_POSSESSION = f"{_AT}[*].constraints[*]#.possession"
_METHODS = f"{_POSSESSION}.authenticationMethods"
_EXCLUDED = f"{_POSSESSION}.excludedAuthenticationMethods"
_GROUPS = f"{_AT}[*].groupsIncluded"
_NAME = f"{OKTA_GROUP}: name"
_BOTH: list[dict[str, object]] = [{"key": "phone_number"}, {"key": "okta_email"}]


def _held(place: str, *values: object) -> Weaker:
    """Weaker values of the one place on which an example rests."""
    return {place: values, f"{_AT}[*].constraints": (['{"possession":{"required":true}}'], ["{}"])}


RULE = StackRule(
    title="Codes by text, call or e-mail are for the declared fallback group, for a while",
    severity=Severity.HIGH,
    why="Such a code is relayed by a look-alike site, or goes to whoever has taken over the number.",
    remedy=(
        "require `phishingResistant`, `deviceBound` or named methods in each constraint; declare "
        "`sms_fallback` with its last day in the catalogue and let in its group alone"
    ),
    types=(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES),
    checks=(_each,),
    reads={
        _AT: "safe",
        f"{_AT}[*].access": "safe",
        f"{_AT}[*].name": "safe",
        f"{_AT}[*].type": "safe",
        f"{_AT}[*].constraints": "safe",
        _POSSESSION: "fails",
        **{f"{_POSSESSION}.{name}": "fails" for name in STRONG},
        _METHODS: "fails",
        f"{_METHODS}[*].key": "fails",
        _EXCLUDED: "fails",
        f"{_EXCLUDED}[*].key": "fails",
        f"{_EXCLUDED}[*].method": "safe",
        f"{_POSSESSION}.types": "fails",
        f"{_POSSESSION}.methods": "fails",
        _GROUPS: "fails",
        _NAME: "fails",
    },
    neutral={
        _AT: "every rule in it is judged",
        f"{_AT}[*].access": "a rule that denies lets nobody in",
        f"{_AT}[*].name": "a name, for the message",
        f"{_AT}[*].type": "okta-chain-asks-for-possession judges chains",
        _POSSESSION: "its parts are what counts",
    },
    tolerates={
        f"{_AT}[*].name": "a name, for the message",
        f"{_POSSESSION}.types": "what is named beside them counts",
    },
    allowed=(
        *(
            StackExample(
                f"{name} required",
                (_rules({"required": True, name: "REQUIRED"}),),
                SEPARATION.settings,
                _held(f"{_POSSESSION}.{name}", "OPTIONAL", ""),
            )
            for name in STRONG
        ),
        StackExample(
            "methods named",
            (
                _rules(
                    {"required": True, "authenticationMethods": [{"key": "okta_verify", "method": "push"}]}
                ),
            ),
            SEPARATION.settings,
            {
                **_held(_METHODS, [], [{"key": "okta_email"}], [{"method": "sms"}]),
                f"{_METHODS}[*].key": ("phone_number", ""),
            },
        ),
        StackExample(
            "telephone and e-mail excluded",
            (_rules({"required": True, "excludedAuthenticationMethods": _BOTH}),),
            SEPARATION.settings,
            {
                **_held(_EXCLUDED, [], [{"key": "phone_number"}]),
                f"{_EXCLUDED}[*].key": ("okta_verify",),
                f"{_EXCLUDED}[*].method": ("sms",),
            },
        ),
        StackExample(
            "kinds named",
            (_rules({"required": True, "types": ["security_key"]}),),
            SEPARATION.settings,
            _held(f"{_POSSESSION}.types", [], ["phone"], ["security_key", "email"]),
        ),
        StackExample(
            "ways named",
            (_rules({"required": True, "methods": ["signed_nonce"]}),),
            SEPARATION.settings,
            _held(f"{_POSSESSION}.methods", [], ["sms"], ["signed_nonce", "email"]),
        ),
        StackExample(
            "the fallback group",
            (_rules(_TEXTS, groupsIncluded=["00g1"], constraints=["{}"]), _group()),
            SEPARATION.settings,
            {_GROUPS: ([], ["00g2"], ["00g1", "00g2"]), _NAME: ("Everyone", "")},
        ),
    ),
    disallowed=(
        StackExample("any possession", (_rules(_ANY),), SEPARATION.settings),
        StackExample("texts for everybody", (_rules(_TEXTS),), SEPARATION.settings),
        StackExample(
            "the group, and no fallback declared", (_rules(_TEXTS, groupsIncluded=["00g1"]), _group())
        ),
        StackExample(
            "the group, after its last day",
            (_rules(_TEXTS, groupsIncluded=["00g1"]), _group()),
            {**SEPARATION.settings, "asOf": "2027-12-24"},
        ),
    ),
    undecided=(StackExample("constraints that are not known yet", (_rules(_ANY, constraints=UNKNOWN),)),),
    blind_spot="The alert on its use: the catalogue's alerts. What Okta's own session asks for: its policy.",
)
