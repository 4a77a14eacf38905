"""A temporary access pass gets somebody as far as registering the first key, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS, ENTRA_STRENGTH
from billing_identity.policies.framework.wire import UNKNOWN

REGISTRATION = "urn:user:registersecurityinfo"
BUILT_IN_RESISTANT = "00000000-0000-0000-0000-000000000004"
"""Entra's own strength Phishing-resistant MFA (Microsoft Graph, list authenticationStrengthPolicies)."""
_STRENGTH = "authenticationStrengthPolicyId"
_PASSES = frozenset({"temporaryAccessPassOneTime", "temporaryAccessPassMultiUse"})


def _only(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    for policy in graph.of(ENTRA_CONDITIONAL_ACCESS):
        yield from told(_policy(graph, policy), policy.urn)


def _policy(graph: Graph, policy: ResourceView) -> Iterator[Finding]:
    strength = graph.nested_target(policy, "grantControls", _STRENGTH, (ENTRA_STRENGTH,))
    if strength is not None:
        yield from _judge(policy, strength)
    else:
        yield from _elsewhere(policy)


def _judge(policy: ResourceView, strength: ResourceView) -> Iterator[Finding]:
    passes = not strength.has("allowedCombinations") or _PASSES & set(
        strength.texts("allowedCombinations").all()
    )
    if passes and not _registers(policy):
        yield Finding(
            f"lets in with the strength {strength.name}, which takes a temporary pass", urn=policy.urn
        )


def _elsewhere(policy: ResourceView) -> Iterator[Finding]:
    """A strength that this program doesn't declare may take a pass; the built-in resistant one doesn't."""
    strength = policy.text(f"grantControls.{_STRENGTH}", "")
    if strength and strength.rsplit("/", 1)[-1] != BUILT_IN_RESISTANT and not _registers(policy):
        yield Finding(
            f"lets in with the strength {strength}, which this program doesn't declare: it may take a "
            "temporary pass",
            urn=policy.urn,
        )


def _registers(policy: ResourceView) -> bool:
    """Whether the policy is for the registration of factors and nothing else."""
    actions = policy.texts("conditions.applications.includedUserActions").all()
    return set(actions) == {REGISTRATION} and not policy.texts("conditions.applications.includedApplications")


def _records(
    applications: dict[str, object], strength_id: object = None, combinations: list[str] | None = None
) -> tuple[ResourceRecord, ...]:
    strength = f"urn:pulumi:prod::identity::{ENTRA_STRENGTH}::bootstrap"
    identifier = "/policies/authenticationStrengthPolicies/5"
    return (
        ResourceRecord(
            strength,
            ENTRA_STRENGTH,
            "bootstrap",
            {
                "displayName": "bootstrap",
                "allowedCombinations": combinations or ["fido2", "temporaryAccessPassOneTime"],
            },
            id=identifier,
        ),
        ResourceRecord(
            f"urn:pulumi:prod::identity::{ENTRA_CONDITIONAL_ACCESS}::policy",
            ENTRA_CONDITIONAL_ACCESS,
            "policy",
            {
                "state": "enabled",
                "conditions": {"applications": applications},
                "grantControls": {
                    "operator": "OR",
                    "authenticationStrengthPolicyId": identifier if strength_id is None else strength_id,
                },
            },
        ),
    )


_POLICY = ENTRA_CONDITIONAL_ACCESS
_BUILT_IN_MFA = "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000002"

RULE = StackRule(
    title="Entra temporary access passes serve registration only",
    severity=Severity.HIGH,
    why="A pass is a password with a short life; accepted elsewhere, it undoes phishing resistance.",
    remedy=f"use the strength only in a policy for the user action {REGISTRATION}",
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_only,),
    reads={
        f"{ENTRA_STRENGTH}: allowedCombinations": "safe",
        f"{_POLICY}: conditions.applications.includedApplications": "safe",
        f"{_POLICY}: conditions.applications.includedUserActions": "fails",
        f"{_POLICY}: grantControls": "safe",
        f"{_POLICY}: grantControls.{_STRENGTH}": "safe",
    },
    weaker={
        f"{_POLICY}: conditions.applications.includedApplications": (["All"], ["Office365"]),
        f"{_POLICY}: conditions.applications.includedUserActions": (
            [],
            ["urn:user:registerdevice"],
            [REGISTRATION, "urn:user:registerdevice"],
        ),
    },
    neutral={
        f"{_POLICY}: grantControls": "see the examples of another strength",
        f"{_POLICY}: grantControls.{_STRENGTH}": "see the examples of another strength",
        f"{ENTRA_STRENGTH}: allowedCombinations": "see the example of a strength without a pass",
    },
    allowed=(
        StackExample("registration", _records({"includedUserActions": [REGISTRATION]})),
        StackExample(
            "a strength without a pass",
            _records({"includedApplications": ["All"]}, combinations=["fido2"]),
            weaker={
                f"{ENTRA_STRENGTH}: allowedCombinations": (
                    ["fido2", "temporaryAccessPassOneTime"],
                    ["temporaryAccessPassMultiUse"],
                ),
                f"{_POLICY}: grantControls.{_STRENGTH}": (_BUILT_IN_MFA,),
            },
        ),
        StackExample(
            "the built-in resistant strength",
            _records({"includedApplications": ["All"]}, _BUILT_IN_MFA[:-1] + "4")[1:],
            weaker={f"{_POLICY}: grantControls.{_STRENGTH}": (_BUILT_IN_MFA,)},
        ),
    ),
    disallowed=(
        StackExample(
            "a strength of somewhere else", _records({"includedApplications": ["All"]}, _BUILT_IN_MFA)
        ),
        StackExample("all applications", _records({"includedApplications": ["All"]})),
        StackExample(
            "another user action",
            _records({"includedUserActions": [REGISTRATION, "urn:user:registerdevice"]}),
        ),
    ),
    undecided=(
        StackExample(
            "a strength not known yet", _records({"includedApplications": ["All"]}, strength_id=UNKNOWN)
        ),
    ),
)
