"""Declared metrics, from the catalogue; live ones only where a scan supplies them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from billing_identity.review.schedule import due
from billing_identity.roles.access import concrete_roles
from billing_identity.roles.checks.lifting import valid
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue

NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Live:
    """What a scan measured. None is *not measured*, never zero."""

    mfa_coverage_percent: float | None = None
    minutes_to_detect: float | None = None
    minutes_to_contain: float | None = None


@dataclass(frozen=True)
class Metric:
    """One number for people."""

    title: str
    value: str
    note: str
    measured: bool = True


def declared(catalogue: Catalogue, as_of: date, environment: str) -> tuple[Metric, ...]:
    """What the catalogue says by itself."""
    roles = tuple(concrete_roles(catalogue))
    systems = [system for system in catalogue.systems.values() if holds_ephi(system)]
    tiers = catalogue.access_policy.tiers
    resisting = sum(tiers[system.tier].phishing_resistant for system in systems)
    exceptions = sum(valid(catalogue, record, as_of, environment) for record in catalogue.exceptions.values())
    reviews = due(catalogue, as_of)
    share = f"{100 * resisting // len(systems)} %" if systems else "no ePHI system"
    covered = f"{resisting} of {len(systems)} systems with ePHI, as declared"
    privileged = sum(role.privileged for role in roles)
    return (
        Metric("Phishing-resistant sign-in", share, covered),
        Metric("Privileged roles", str(privileged), f"of {len(roles)} that people hold"),
        Metric("Open exceptions", str(exceptions), "in force on this day"),
        Metric("Reviews due", str(len(reviews)), "certifications open now or within 90 days"),
    )


def live(measured: Live) -> tuple[Metric, ...]:
    """What only a scan of the live tenants can know."""
    return (
        _live("MFA coverage", measured.mfa_coverage_percent, " %", "people with a second factor enrolled"),
        _live("Time to detect", measured.minutes_to_detect, " min", "mean over closed identity incidents"),
        _live("Time to contain", measured.minutes_to_contain, " min", "mean over closed identity incidents"),
    )


def _live(title: str, value: float | None, unit: str, note: str) -> Metric:
    if value is None:
        return Metric(title, NOT_MEASURED, note, measured=False)
    return Metric(title, f"{value:g}{unit}", note)
