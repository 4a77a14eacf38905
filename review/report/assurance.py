"""Sign-in assurance: what each system asks for, who holds it to that, and how many there are of each."""

from __future__ import annotations

from dataclasses import dataclass

from billing_identity.review.report.sign_in_basis import DECLARED, SignInBasis
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
    device: str
    zones: str
    basis: str
    """`as declared`, `stated gap` or `by the portal itself`."""
    basis_words: str
    """The same for people, a gap with its reason and stand-in."""
    exception: str
    """Id of the exception that lifts its tier; empty for none."""

    @property
    def held(self) -> bool:
        """Whether a policy that the preview declares asks for a factor that resists phishing."""
        return self.resists and self.basis == DECLARED


@dataclass(frozen=True)
class Coverage:
    """How many systems of a tier there are, how many hold ePHI and for how many a policy is declared."""

    title: str
    systems: int
    ephi: int
    declared: int
    resists: bool


def sign_ins(
    catalogue: Catalogue, problems: tuple[Problem, ...], declared: SignInBasis
) -> tuple[SignIn, ...]:
    """Every system's sign-in, those with ePHI and no declared factor that resists phishing first."""
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
            device=_asked("managed device", declared.managed_device(system))
            if tier.managed_device
            else "any device",
            zones=_asked(", ".join(tier.zones), declared.zones(system)) if tier.zones else "",
            basis=declared.of(system),
            basis_words=declared.words(system),
            exception=lifted.get(f"system:{system.id}", ""),
        )
        for system in catalogue.systems.values()
        if (tier := catalogue.access_policy.tiers[system.tier])
    ]
    return tuple(sorted(found, key=lambda item: (not (item.ephi and not item.held), item.title)))


def _asked(what: str, declared: bool) -> str:
    return what if declared else f"{what} (asked for, no policy declared)"


def coverage(catalogue: Catalogue, found: tuple[SignIn, ...]) -> tuple[Coverage, ...]:
    """By tier, in the policy's order."""
    return tuple(
        Coverage(
            tier.title,
            sum(system.tier == name for system in catalogue.systems.values()),
            sum(system.tier == name and holds_ephi(system) for system in catalogue.systems.values()),
            sum(catalogue.systems[item.system].tier == name and item.basis == DECLARED for item in found),
            tier.phishing_resistant,
        )
        for name, tier in catalogue.access_policy.tiers.items()
    )
