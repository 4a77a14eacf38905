"""When access is certified: the subjects with their cadence, and what is due.

The days on which campaigns begin, those of the deployed ones included, are `roles/calendar.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from billing_identity.roles.access import concrete_roles
from billing_identity.roles.calendar import starts
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Cadence, Level
from billing_identity.roles.reviewing import reviewer_of


@dataclass(frozen=True)
class Certification:
    """One subject that is certified again and again."""

    subject: str
    """Catalogue id with its kind: `role:payment-poster`."""
    title: str
    kind: Literal["role", "system", "user-list"]
    cadence: Cadence
    why: str
    reviewer: str
    """Id of the role that reviews."""


def certifications(catalogue: Catalogue) -> tuple[Certification, ...]:
    """Everything that is certified: roles, systems, and the user lists of portals that can't federate."""
    return tuple(_all(catalogue))


def _all(catalogue: Catalogue) -> Iterator[Certification]:
    reviews = catalogue.access_policy.reviews
    for role in concrete_roles(catalogue):
        cadence, why = (
            (reviews.high_risk_roles, "high risk")
            if role.risk is Level.HIGH
            else (reviews.other_roles, "any role")
        )
        if role.vendor_staff and reviews.vendor_users.months <= cadence.months:
            cadence, why = reviews.vendor_users, "vendor staff"
        reviewer = reviewer_of(catalogue, str(role.owner), role.id)
        yield Certification(f"role:{role.id}", role.title, "role", cadence, why, reviewer)
    for system in catalogue.systems.values():
        why = "holds ePHI" if holds_ephi(system) else "any system"
        yield Certification(f"system:{system.id}", system.title, "system", system.review, why, system.owner)
        local = system.identity.local_accounts
        if local is not None:
            yield Certification(
                f"system:{system.id}",
                system.title,
                "user-list",
                local.access_list_review,
                "nothing else ends its accounts",
                local.provisioned_by,
            )


def due(catalogue: Catalogue, as_of: date, within_days: int = 90) -> tuple[tuple[date, Certification], ...]:
    """What is under review on a day or comes up within so many days, each with the day its campaign begins.

    A campaign is open for the access policy's `duration_days` from its first day on.
    """
    open_since = as_of - timedelta(days=catalogue.access_policy.reviews.duration_days - 1)
    last = as_of + timedelta(days=within_days)
    return tuple(
        (day, item)
        for item in certifications(catalogue)
        for day in starts(item.cadence, open_since.year, last.year)
        if open_since <= day <= last
    )
