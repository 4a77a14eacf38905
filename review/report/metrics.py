"""Declared metrics, from the catalogue and the preview; live ones only where a scan supplies them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from billing_identity.review.report.assurance import SignIn
from billing_identity.review.report.sign_in_basis import GAP, PORTAL
from billing_identity.review.schedule import due
from billing_identity.roles.access import concrete_roles
from billing_identity.roles.checks.lifting import valid
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


def declared(
    catalogue: Catalogue, as_of: date, environment: str, sign_ins: tuple[SignIn, ...]
) -> tuple[Metric, ...]:
    """What the files say, and of signing in what a policy holds."""
    roles = tuple(concrete_roles(catalogue))
    exceptions = sum(valid(catalogue, record, as_of, environment) for record in catalogue.exceptions.values())
    reviews = due(catalogue, as_of)
    privileged = sum(role.privileged for role in roles)
    return (
        _resisting([item for item in sign_ins if item.ephi]),
        Metric("Privileged roles", str(privileged), f"of {len(roles)} that people hold"),
        Metric("Open exceptions", str(exceptions), "in force on this day"),
        Metric("Reviews due", str(len(reviews)), "certifications open now or within 90 days"),
    )


def _resisting(systems: list[SignIn]) -> Metric:
    held = sum(item.held for item in systems)
    share = f"{100 * held // len(systems)} %" if systems else "no ePHI system"
    rest = "".join(
        f"; {count} {words}"
        for basis, words in ((GAP, f"with a {GAP}"), (PORTAL, PORTAL))
        if (count := sum(item.basis == basis for item in systems))
    )
    return Metric(
        "Phishing-resistant sign-in", share, f"{held} of {len(systems)} systems with ePHI, as declared{rest}"
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
