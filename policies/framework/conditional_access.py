"""What an Entra conditional access policy asks for, of whom, and what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from billing_identity.policies.framework import containment
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.rule import Finding
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS

NARROWING = (
    "locations",
    "platforms",
    "devices",
    "userRiskLevels",
    "signInRiskLevels",
    "insiderRiskLevels",
    "clientApplications",
    "authenticationFlowTransferMethods",
    "servicePrincipalRiskLevels",
    "applications.filter",
)
"""Conditions that must all be met beside users and applications: each leaves somebody or something out."""


def in_force(policy: ResourceView, context: RuleContext) -> bool:
    """Whether the policy is enforced; before production report-only counts too."""
    states = ("enabled",) if context.settings.production else ("enabled", "enabledForReportingButNotEnforced")
    return policy.text("state", "") in states


def meets_every_sign_in(policy: ResourceView) -> bool:
    """Whether it meets each sign-in of its users: all applications, all clients, no other condition."""
    return (
        policy.texts("conditions.clientAppTypes").contains("all")
        and policy.texts("conditions.applications.includedApplications").contains("All")
        and not policy.texts("conditions.applications.excludedApplications")
        and not any(policy.has(f"conditions.{name}") for name in NARROWING)
    )


def demands_factor(policy: ResourceView) -> bool:
    """Whether no way through its grant goes without a second factor."""
    controls = policy.texts("grantControls.builtInControls").all()
    strength = bool(policy.text("grantControls.authenticationStrengthPolicyId", ""))
    if policy.text("grantControls.operator", "") == "AND":
        return strength or "mfa" in controls
    others = (
        bool(policy.texts("grantControls.termsOfUses"))
        or bool(policy.texts("grantControls.customAuthenticationFactors"))
        or any(control != "mfa" for control in controls)
    )
    return (strength or "mfa" in controls) and not others


def mentions_factor(policy: ResourceView) -> bool:
    """Whether a second factor is among its controls, alone or beside weaker ones."""
    return policy.has("grantControls.authenticationStrengthPolicyId") or policy.texts(
        "grantControls.builtInControls"
    ).contains("mfa")


def left_out(policy: ResourceView, context: RuleContext) -> list[tuple[str, str]]:
    """Whom the policy excludes, as kind and id; declared break-glass groups apart."""
    spared = context.settings.break_glass_groups.entra
    excluded = [
        (kind, who)
        for kind in ("Users", "Groups", "Roles")
        for who in policy.texts(f"conditions.users.excluded{kind}").all()
        if who not in spared
    ]
    for block in policy.nodes("conditions.users.excludedGuestsOrExternalUsers"):
        excluded += [("Guests", kind) for kind in block.texts("guestOrExternalUserTypes").all()]
    return excluded


def _met(policy: ResourceView) -> Iterator[tuple[str, str]]:
    for kind in ("Users", "Groups", "Roles"):
        for who in policy.texts(f"conditions.users.included{kind}").all():
            yield kind, who
    for block in policy.nodes("conditions.users.includedGuestsOrExternalUsers"):
        tenants = block.nodes("externalTenants")
        if tenants and all(tenant.text("membershipKind", "") == "all" for tenant in tenants):
            for kind in block.texts("guestOrExternalUserTypes").all():
                yield "Guests", kind


Accepts = Callable[[ResourceView], bool]


def has_baseline(graph: Graph) -> bool:
    """Whether the stack declares policies of its own for the tenant. What containment adds to them in its own
    small stack only blocks, and shows nothing of what the others ask for."""
    return not all(containment.declares(policy) for policy in graph.of(ENTRA_CONDITIONAL_ACCESS))


def not_for_everybody(graph: Graph, context: RuleContext, what: str, accepts: Accepts) -> Iterator[Finding]:
    """A finding if no enforced policy that `accepts` takes meets everybody at every sign-in.

    Whom a policy for all users excludes must be met by others that `accepts` takes and that exclude nobody;
    declared break-glass groups need none. `what` says in words what the policy does. Nothing is asked of a
    stack without a baseline.
    """
    if not has_baseline(graph):
        return
    found: list[ResourceView] = []
    doubts: list[str] = []
    faults: list[str] = []
    met: set[tuple[str, str]] = set()
    for policy in graph.of(ENTRA_CONDITIONAL_ACCESS):
        try:
            if in_force(policy, context) and meets_every_sign_in(policy) and accepts(policy):
                found.append(policy)
                if not left_out(policy, context):
                    met.update(_met(policy))
        except UndecidedError as error:
            doubts.append(f"{policy.name}: {error.reason}")
        except MalformedError as error:
            faults.append(f"{policy.name}: {error.message}")
    for policy in found:
        try:
            if policy.texts("conditions.users.includedUsers").contains("All"):
                missing = [
                    f"{kind} {who}" for kind, who in left_out(policy, context) if (kind, who) not in met
                ]
                if not missing:
                    return
                faults.append(
                    f"{policy.name} leaves out {', '.join(missing)}, whom no other such policy meets"
                )
        except UndecidedError as error:
            doubts.append(f"{policy.name}: {error.reason}")
        except MalformedError as error:
            faults.append(f"{policy.name}: {error.message}")
    if doubts:
        yield Finding("; ".join(doubts), doubt=True)
    else:
        yield Finding(
            f"no enforced policy {what} for all users and all applications"
            + "".join(f"; {fault}" for fault in faults)
        )
