"""Some enforced policy asks everybody for a second factor, whatever they sign in to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from billing_identity.policies.framework import conditional_access as ca
from billing_identity.policies.framework.conditional_access_examples import (
    EVERYBODY,
    IN_PARTS,
    NEUTRAL,
    NOT_IN_PARTS,
    SETTINGS,
    TOLERATES,
    WEAKER,
    at,
    places,
    policy,
)
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS
from billing_identity.policies.framework.wire import UNKNOWN


def _present(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    yield from ca.not_for_everybody(graph, context, "asks for a second factor", ca.demands_factor)


_GRANT = "grantControls."
_BOTH = policy("both", grant={"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]})

_WEAKER: Mapping[str, tuple[object, ...]] = {
    **WEAKER,
    at(f"{_GRANT}authenticationStrengthPolicyId"): ("",),
    at(f"{_GRANT}builtInControls"): (["compliantDevice"], ["mfa", "compliantDevice"], ["block"]),
    at(f"{_GRANT}termsOfUses"): (["t1"],),
    at(f"{_GRANT}customAuthenticationFactors"): (["c1"],),
}

RULE = StackRule(
    title="Entra asks everybody for a second factor, in every application",
    severity=Severity.CRITICAL,
    why="Whoever no such policy meets signs in with a password that a look-alike site can take.",
    remedy=(
        "declare an enforced policy for all users and all applications that asks for an authentication "
        "strength (or `mfa`, with no weaker control beside it under OR); give whomever it excludes a policy "
        "of their own, and declare break-glass groups in `breakGlassGroups.entra`"
    ),
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_present,),
    reads={
        **places(f"{_GRANT}authenticationStrengthPolicyId"),
        at(f"{_GRANT}operator"): "safe",
        at(f"{_GRANT}builtInControls"): "safe",
        at(f"{_GRANT}termsOfUses"): "safe",
        at(f"{_GRANT}customAuthenticationFactors"): "safe",
    },
    weaker=_WEAKER,
    neutral=NEUTRAL,
    tolerates=TOLERATES,
    allowed=(
        StackExample("all users", (EVERYBODY,), SETTINGS),
        StackExample("everybody in three policies", IN_PARTS, SETTINGS, {**_WEAKER, **NOT_IN_PARTS}),
        StackExample(
            "a factor and a managed device",
            (_BOTH,),
            SETTINGS,
            {
                **_WEAKER,
                at(f"{_GRANT}operator"): ("OR",),
                at(f"{_GRANT}authenticationStrengthPolicyId"): (),
                at(f"{_GRANT}builtInControls"): (["compliantDevice"], []),
                at(f"{_GRANT}termsOfUses"): (),
                at(f"{_GRANT}customAuthenticationFactors"): (),
            },
        ),
    ),
    disallowed=(
        StackExample("some users", (policy("some", users={"includedGroups": ["g1"]}),), SETTINGS),
        StackExample("guests are met by no policy", IN_PARTS[:2], SETTINGS),
        StackExample("administrators are met by no policy", (IN_PARTS[0], IN_PARTS[2]), SETTINGS),
        StackExample(
            "a managed device instead",
            (policy("device", grant={"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}),),
            SETTINGS,
        ),
        StackExample(
            "nothing but a block",
            (policy("block", grant={"operator": "OR", "builtInControls": ["block"]}),),
            SETTINGS,
        ),
        StackExample("break-glass group not declared", (EVERYBODY,)),
    ),
    undecided=(StackExample("a state that is not known yet", (policy("new", state=UNKNOWN),), SETTINGS),),
    blind_spot="A tenant whose policies are declared elsewhere: run the pack where they are.",
)
