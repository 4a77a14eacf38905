"""A temporary access pass gets somebody as far as registering the first key, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS, ENTRA_STRENGTH
from billing_identity.policies.framework.wire import UNKNOWN

REGISTRATION = "urn:user:registersecurityinfo"
_PASSES = frozenset({"temporaryAccessPassOneTime", "temporaryAccessPassMultiUse"})


def _only(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    for policy in graph.of(ENTRA_CONDITIONAL_ACCESS):
        try:
            strength = graph.nested_target(
                policy, "grantControls", "authenticationStrengthPolicyId", (ENTRA_STRENGTH,)
            )
            if strength is not None:
                yield from _judge(policy, strength)
        except UndecidedError as error:
            yield Finding(error.reason, urn=policy.urn, doubt=True)
        except MalformedError as error:
            yield Finding(error.message, urn=policy.urn)


def _judge(policy: ResourceView, strength: ResourceView) -> Iterator[Finding]:
    if not _PASSES & set(strength.texts("allowedCombinations").all()):
        return
    actions = policy.texts("conditions.applications.includedUserActions").all()
    if set(actions) != {REGISTRATION} or policy.texts("conditions.applications.includedApplications"):
        yield Finding(
            f"lets in with the strength {strength.name}, which takes a temporary pass", urn=policy.urn
        )


def _records(applications: dict[str, object], strength_id: object = None) -> tuple[ResourceRecord, ...]:
    strength = f"urn:pulumi:prod::identity::{ENTRA_STRENGTH}::bootstrap"
    identifier = "/policies/authenticationStrengthPolicies/5"
    return (
        ResourceRecord(
            strength,
            ENTRA_STRENGTH,
            "bootstrap",
            {"displayName": "bootstrap", "allowedCombinations": ["fido2", "temporaryAccessPassOneTime"]},
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


RULE = StackRule(
    title="Entra temporary access passes serve registration only",
    severity=Severity.HIGH,
    why="A pass is a password with a short life; accepted elsewhere, it undoes phishing resistance.",
    remedy=f"use the strength only in a policy for the user action {REGISTRATION}",
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_only,),
    allowed=(StackExample("registration", _records({"includedUserActions": [REGISTRATION]})),),
    disallowed=(
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
