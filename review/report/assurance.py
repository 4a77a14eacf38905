"""Sign-in assurance: what each system asks for, and how much of the company that covers."""

from __future__ import annotations

from dataclasses import dataclass

from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem


@dataclass(frozen=True)
class SignIn:
    """One system's sign-in."""

    system: str
    title: str
    ephi: bool
    provider: str
    tier: str
    factors: str
    resists: bool
    idle: int
    reauthenticate: int
    managed: bool
    zones: str
    exception: str
    """Id of the exception that lifts its tier; empty for none."""


@dataclass(frozen=True)
class Coverage:
    """How many systems of a tier there are, and how many of these hold ePHI."""

    title: str
    systems: int
    ephi: int
    resists: bool


def sign_ins(catalogue: Catalogue, problems: tuple[Problem, ...]) -> tuple[SignIn, ...]:
    """Every system's sign-in, those with ePHI and a weaker factor first."""
    lifted = {
        problem.subject: problem.lifted_by or ""
        for problem in problems
        if problem.code == "ephi-tier" and problem.lifted_by
    }
    found = [
        SignIn(
            system=system.id,
            title=system.title,
            ephi=holds_ephi(system),
            provider={"none": "own accounts"}.get(
                system.identity.provider.value, system.identity.provider.value.title()
            ),
            tier=tier.title,
            factors=", ".join(factor.value for factor in tier.factors),
            resists=tier.phishing_resistant,
            idle=tier.session.idle_minutes,
            reauthenticate=tier.reauthenticate_hours,
            managed=tier.managed_device,
            zones=", ".join(tier.zones),
            exception=lifted.get(f"system:{system.id}", ""),
        )
        for system in catalogue.systems.values()
        if (tier := catalogue.access_policy.tiers[system.tier])
    ]
    return tuple(sorted(found, key=lambda item: (not (item.ephi and not item.resists), item.title)))


def coverage(catalogue: Catalogue) -> tuple[Coverage, ...]:
    """By tier, in the policy's order."""
    return tuple(
        Coverage(
            tier.title,
            sum(system.tier == name for system in catalogue.systems.values()),
            sum(system.tier == name and holds_ephi(system) for system in catalogue.systems.values()),
            tier.phishing_resistant,
        )
        for name, tier in catalogue.access_policy.tiers.items()
    )
