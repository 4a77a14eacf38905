"""Some enforced policy makes everybody sign in again before long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from billing_identity.policies.framework import conditional_access as ca
from billing_identity.policies.framework.conditional_access_examples import (
    EVERYBODY,
    IN_PARTS,
    NEUTRAL,
    NOT_IN_PARTS,
    SETTINGS,
    SHORT,
    TOLERATES,
    WEAKER,
    at,
    places,
    policy,
)
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS
from billing_identity.policies.framework.wire import UNKNOWN

_HOURS = {"hours": 1, "days": 24}


def _present(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    longest = context.number("hours")
    what = f"ends sessions within {longest:g} hours"
    yield from ca.not_for_everybody(graph, context, what, lambda policy: _ends(policy, longest))


def _ends(policy: ResourceView, longest: float) -> bool:
    if policy.text("sessionControls.signInFrequencyInterval", "") == "everyTime":
        return True
    hours = _HOURS.get(policy.text("sessionControls.signInFrequencyPeriod", ""), 0)
    return 0 < policy.number("sessionControls.signInFrequency", 0) * hours <= longest


_SESSION = "sessionControls."
_EVERY_TIME = {"signInFrequencyInterval": "everyTime", "persistentBrowserMode": "never"}

_WEAKER: Mapping[str, tuple[object, ...]] = {
    **WEAKER,
    at(f"{_SESSION}signInFrequency"): (13.0, 0.0),
    at(f"{_SESSION}signInFrequencyPeriod"): ("days", ""),
}

RULE = StackRule(
    title="Entra sessions of everybody end within hours",
    severity=Severity.HIGH,
    why="Without a sign-in frequency a session goes on for weeks, on whatever device it was left.",
    remedy=(
        "declare an enforced policy for all users and all applications with `signInFrequency` 12 and "
        "`signInFrequencyPeriod` hours; give whomever it excludes a policy of their own"
    ),
    parameters={
        "hours": {
            "type": "number",
            "minimum": 1,
            "maximum": 24,
            "default": 12,
            "description": "Longest session in hours, as for Okta's (NIST SP 800-63B-4 2.3.3).",
        }
    },
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_present,),
    reads={
        **places(f"{_SESSION}signInFrequency", f"{_SESSION}signInFrequencyPeriod"),
        at(f"{_SESSION}signInFrequencyInterval"): "safe",
    },
    weaker=_WEAKER,
    neutral={
        **NEUTRAL,
        at(f"{_SESSION}signInFrequencyInterval"): "everyTime is stricter than any time; see the examples",
    },
    tolerates=TOLERATES,
    allowed=(
        StackExample("twelve hours, for all users", (EVERYBODY,), SETTINGS),
        StackExample("everybody in three policies", IN_PARTS, SETTINGS, {**_WEAKER, **NOT_IN_PARTS}),
        StackExample(
            "at every sign-in",
            (policy("always", session=_EVERY_TIME),),
            SETTINGS,
            {**_WEAKER, at(f"{_SESSION}signInFrequency"): (), at(f"{_SESSION}signInFrequencyPeriod"): ()},
        ),
    ),
    disallowed=(
        StackExample("no frequency", (policy("none", session={"persistentBrowserMode": "never"}),), SETTINGS),
        StackExample("a year", (policy("long", session={**SHORT, "signInFrequency": 8760.0}),), SETTINGS),
        StackExample("guests are met by no policy", IN_PARTS[:2], SETTINGS),
        StackExample("some users", (policy("some", users={"includedGroups": ["g1"]}),), SETTINGS),
    ),
    undecided=(StackExample("a state that is not known yet", (policy("new", state=UNKNOWN),), SETTINGS),),
    blind_spot="A tenant whose policies are declared elsewhere; idle time, which applications end.",
)
