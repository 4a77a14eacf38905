"""A rule of a plain listener that forwards undoes the listener's redirect."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.wire import UNKNOWN

RULES = ("aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule")
LISTENERS = ("aws:lb/listener:Listener", "aws:alb/listener:Listener")


def _plain(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    for rule in graph.of(*RULES):
        yield from told(_rule(graph, rule), rule.urn)


def _rule(graph: Graph, rule: ResourceView) -> Iterator[Finding]:
    redirects = [
        action.text("type", "") == "redirect" and action.text("redirect.protocol", "") == "HTTPS"
        for action in rule.nodes("actions")
    ]
    if redirects and all(redirects):
        return
    listener = graph.target(rule, "listenerArn", LISTENERS)
    if listener is None:
        yield Finding(
            "forwards for a listener of another program, which may be plain", urn=rule.urn, doubt=True
        )
    elif listener.text("protocol", "HTTP").upper() == "HTTP":
        yield Finding(f"forwards what comes to the plain listener {listener.name}", urn=rule.urn)


def _records(protocol: object, actions: object, arn: object = "arn:listener") -> tuple[ResourceRecord, ...]:
    urn = "urn:pulumi:prod::web::{}::web".format
    listener: dict[str, object] = {"protocol": protocol, "port": 443.0}
    if protocol is None:
        del listener["protocol"]
    return (
        ResourceRecord(urn(LISTENERS[0]), LISTENERS[0], "web", listener, {**listener, "arn": "arn:listener"}),
        ResourceRecord(urn(RULES[0]), RULES[0], "web", {"listenerArn": arn, "actions": actions}),
    )


_FORWARD = [{"type": "forward", "targetGroupArn": "arn:target"}]
_REDIRECT = [{"type": "redirect", "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_301"}}]
_ACTIONS = f"{RULES[0]}: actions"

RULE = StackRule(
    title="Rules of plain listeners only redirect",
    severity=Severity.HIGH,
    why="The listener's own action redirects, and a rule beside it carries the session in clear.",
    remedy="put the rule on the HTTPS listener, or let it redirect to HTTPS",
    types=RULES,
    checks=(_plain,),
    reads={
        _ACTIONS: "safe",
        f"{_ACTIONS}[*].type": "safe",
        f"{_ACTIONS}[*].redirect.protocol": "safe",
        f"{RULES[0]}: listenerArn": "safe",
        f"{LISTENERS[0]}: protocol": "fails",
    },
    weaker={
        f"{LISTENERS[0]}: protocol": ("HTTP", "http"),
    },
    neutral={
        _ACTIONS: "see the example of a redirect",
        f"{_ACTIONS}[*].type": "see the example of a redirect",
        f"{_ACTIONS}[*].redirect.protocol": "see the example of a redirect",
        f"{RULES[0]}: listenerArn": "a listener of another program is doubted",
    },
    allowed=(
        StackExample("forwards for an HTTPS listener", _records("HTTPS", _FORWARD)),
        StackExample(
            "redirects",
            _records("HTTP", _REDIRECT),
            weaker={
                _ACTIONS: (_FORWARD, [], [*_REDIRECT, *_FORWARD]),
                f"{_ACTIONS}[*].type": ("forward", "fixed-response"),
                f"{_ACTIONS}[*].redirect.protocol": ("HTTP", "#{protocol}"),
            },
        ),
    ),
    disallowed=(
        StackExample("forwards for a plain listener", _records("HTTP", _FORWARD)),
        StackExample("forwards for a listener without a protocol", _records(None, _FORWARD)),
    ),
    undecided=(StackExample("a listener not known yet", _records("HTTP", _FORWARD, UNKNOWN)),),
)
