"""Sessions in systems with ePHI end by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "session-limits"
TITLE = "Sessions end by themselves"
CITATIONS = ("164.312(a)(2)(iii)",)

EPHI_IDLE_MINUTES = 15
EPHI_LIFETIME_HOURS = 12
"""Tiers of systems with ePHI: what satisfies NIST SP 800-63B-4 AAL3 (2.3.3) and the DISA Okta STIG alike."""

IDLE_MINUTES = 60
LIFETIME_HOURS = 24
"""Every other tier: NIST SP 800-63B-4 AAL2 (2.2.3)."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Tiers whose idle limit or lifetime is longer than the data behind them allows."""
    policy = catalogue.access_policy
    with_ephi = {str(system.tier) for system in catalogue.systems.values() if holds_ephi(system)}
    for name, tier in policy.tiers.items():
        ephi = name in with_ephi
        idle = EPHI_IDLE_MINUTES if ephi else IDLE_MINUTES
        lifetime = EPHI_LIFETIME_HOURS if ephi else LIFETIME_HOURS
        for path, value, most, unit in (
            (("session", "idle_minutes"), tier.session.idle_minutes, idle, "minutes idle"),
            (("session", "lifetime_hours"), tier.session.lifetime_hours, lifetime, "hours in all"),
            (("reauthenticate_hours",), tier.reauthenticate_hours, lifetime, "hours on one factor"),
        ):
            if value > most:
                yield finding(
                    catalogue,
                    policy,
                    ("tiers", name, *path),
                    code=ID,
                    message=f"tier `{name}`{' of systems with ePHI' if ephi else ''} lets a session last "
                    f"{value} {unit}, more than {most}",
                    remedy=f"write at most {most}",
                    citations=CITATIONS,
                )
