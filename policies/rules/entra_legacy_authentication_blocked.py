"""Clients that can't do a second factor are blocked for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.conditional_access import NARROWING, has_baseline, in_force
from billing_identity.policies.framework.conditional_access_examples import FILTER
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS
from billing_identity.policies.framework.wire import UNKNOWN


def _present(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    if not has_baseline(graph):
        return
    doubts: list[str] = []
    for policy in graph.of(ENTRA_CONDITIONAL_ACCESS):
        try:
            if in_force(policy, context) and _blocks(policy):
                return
        except UndecidedError as error:
            doubts.append(f"{policy.name}: {error.reason}")
        except MalformedError:
            continue
    if doubts:
        yield Finding("; ".join(doubts), doubt=True)
    else:
        yield Finding("no conditional access policy blocks legacy clients for everybody")


def _blocks(policy: ResourceView) -> bool:
    return (
        not any(policy.has(f"conditions.{name}") for name in NARROWING)
        and not policy.texts("conditions.applications.excludedApplications")
        and policy.texts("conditions.clientAppTypes").contains("exchangeActiveSync", "other")
        and policy.texts("conditions.users.includedUsers").contains("All")
        and policy.texts("conditions.applications.includedApplications").contains("All")
        and policy.texts("grantControls.builtInControls").contains("block")
    )


def _graph(**changes: object) -> tuple[ResourceRecord, ...]:
    conditions: dict[str, object] = {
        "clientAppTypes": ["exchangeActiveSync", "other"],
        "users": {"includedUsers": ["All"], "excludedGroups": ["22222222-2222-2222-2222-222222222222"]},
        "applications": {"includedApplications": ["All"]},
    }
    props: dict[str, object] = {
        "displayName": "CA001",
        "state": "enabled",
        "conditions": conditions,
        "grantControls": {"operator": "OR", "builtInControls": ["block"]},
    }
    urn = f"urn:pulumi:prod::identity::{ENTRA_CONDITIONAL_ACCESS}::legacy"
    return (ResourceRecord(urn, ENTRA_CONDITIONAL_ACCESS, "legacy", {**props, **changes}),)


_POLICY = ENTRA_CONDITIONAL_ACCESS

RULE = StackRule(
    title="Entra blocks legacy authentication for everybody",
    severity=Severity.HIGH,
    why="Legacy protocols can't ask for a second factor, so one stolen password is enough.",
    remedy=(
        "declare a policy with `clientAppTypes` exchangeActiveSync and other, all users, all applications, "
        "and the control block"
    ),
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_present,),
    reads={
        **dict.fromkeys(
            (
                f"{_POLICY}: {place}"
                for place in (
                    "state",
                    "conditions.clientAppTypes",
                    "conditions.users.includedUsers",
                    "conditions.applications.includedApplications",
                    "grantControls.builtInControls",
                )
            ),
            "fails",
        ),
        **dict.fromkeys((f"{_POLICY}: conditions.{name}" for name in NARROWING), "safe"),
        f"{_POLICY}: conditions.applications.excludedApplications": "safe",
    },
    weaker={
        f"{_POLICY}: state": ("disabled", "enabledForReportingButNotEnforced", "Enabled"),
        f"{_POLICY}: conditions.clientAppTypes": (["other"], ["exchangeActiveSync"], ["all"], []),
        f"{_POLICY}: conditions.users.includedUsers": (["u1"], ["None"], []),
        f"{_POLICY}: conditions.applications.includedApplications": (["Office365"], []),
        f"{_POLICY}: conditions.applications.excludedApplications": (["Office365"],),
        f"{_POLICY}: grantControls.builtInControls": (["mfa"], []),
        f"{_POLICY}: conditions.locations": ({"includedLocations": ["x"]},),
        f"{_POLICY}: conditions.platforms": ({"includedPlatforms": ["android"]},),
        f"{_POLICY}: conditions.devices": ({"filter": {"mode": "include", "rule": "x"}},),
        f"{_POLICY}: conditions.userRiskLevels": (["high"],),
        f"{_POLICY}: conditions.signInRiskLevels": (["high"],),
        f"{_POLICY}: conditions.insiderRiskLevels": ("elevated",),
        f"{_POLICY}: conditions.authenticationFlowTransferMethods": (["deviceCodeFlow"],),
        f"{_POLICY}: conditions.clientApplications": ({"includedServicePrincipals": ["All"]},),
        f"{_POLICY}: conditions.servicePrincipalRiskLevels": (["high"],),
        f"{_POLICY}: conditions.applications.filter": (FILTER,),
    },
    allowed=(StackExample("a blocking policy", _graph()),),
    disallowed=(
        StackExample("one client type only", _graph(conditions={"clientAppTypes": ["other"]})),
        StackExample("report-only in production", _graph(state="enabledForReportingButNotEnforced")),
        StackExample(
            "asks for MFA instead", _graph(grantControls={"operator": "OR", "builtInControls": ["mfa"]})
        ),
    ),
    undecided=(StackExample("a state that is not known yet", _graph(state=UNKNOWN)),),
    blind_spot="A tenant whose policies are declared elsewhere: run the pack where they are.",
)
