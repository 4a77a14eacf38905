"""Access reviews and requests, from the catalogue's cadences, owners and terms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from billing_identity.components.okta.access_review import MAX_TARGETS
from billing_identity.roles.calendar import next_start
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.vocabulary import Cadence, Level, Provider
from billing_identity.roles.reviewing import reviewer_of
from billing_identity.stacks.bind.people import federated_systems, group_access, groups_in
from billing_identity.stacks.settings import OktaSettings

INTERVAL = {
    Cadence.MONTHLY: "P1M",
    Cadence.QUARTERLY: "P3M",
    Cadence.HALF_YEARLY: "P6M",
    Cadence.YEARLY: "P1Y",
}
TIME_ZONE = "America/New_York"
DAYS_PER_REQUEST = 24
MOST_HOURS, MOST_DAYS = 72, 90


@dataclass(frozen=True)
class Review:
    """One recurring review: of role groups or of applications, by the people of one role."""

    kind: Literal["GROUP", "APPLICATION"]
    subject: Literal["roles", "vendors", "systems"]
    reviewer: str
    cadence: Cadence
    targets: tuple[str, ...]
    """Ids of roles or systems."""

    @property
    def version(self) -> str:
        """Changes with whatever can't be changed in a campaign that exists."""
        text = "|".join((self.kind, self.reviewer, self.cadence.value, *self.targets))
        return hashlib.sha256(text.encode()).hexdigest()[:6]

    @property
    def name(self) -> str:
        """`review-roles-privacy-officer-quarterly-1a2b3c`."""
        return f"review-{self.subject}-{self.reviewer}-{self.cadence.value}-{self.version}"


def reviews(catalogue: Catalogue, as_of: date) -> tuple[Review, ...]:
    """Every review of what is in Okta, sorted. Roles by risk, vendors' people apart, systems by their own
    cadence; at most 50 targets each."""
    policy = catalogue.access_policy.reviews
    found: dict[tuple[str, str, str, Cadence], list[str]] = {}
    for role in groups_in(catalogue, Provider.OKTA, as_of):
        risky = role.risk is Level.HIGH or role.privileged
        cadence = (
            policy.vendor_users
            if role.vendor_staff
            else policy.high_risk_roles
            if risky
            else policy.other_roles
        )
        subject = "vendors" if role.vendor_staff else "roles"
        key = ("GROUP", subject, reviewer_of(catalogue, str(role.owner), role.id), cadence)
        found.setdefault(key, []).append(role.id)
    for system in federated_systems(catalogue, Provider.OKTA):
        key = ("APPLICATION", "systems", str(system.owner), system.review)
        found.setdefault(key, []).append(system.id)
    return tuple(
        review
        for key in sorted(found, key=lambda k: (*k[:3], k[3].value))
        for review in _split(key, found[key])
    )


def _split(key: tuple[str, str, str, Cadence], targets: list[str]) -> Iterator[Review]:
    kind, subject, reviewer, cadence = key
    ordered = sorted(targets)
    for start in range(0, len(ordered), MAX_TARGETS):
        yield Review(
            "GROUP" if kind == "GROUP" else "APPLICATION",
            "vendors" if subject == "vendors" else "roles" if subject == "roles" else "systems",
            reviewer,
            cadence,
            tuple(ordered[start : start + MAX_TARGETS]),
        )


def first_day(cadence: Cadence, as_of: date) -> str:
    """The start of the next period of the calendar year, six in the morning UTC: always still to come."""
    return f"{next_start(cadence, as_of)}T06:00:00.000Z"


@dataclass(frozen=True)
class Request:
    """How a role is asked for in Okta."""

    role: Role
    system: str
    """The application in whose page it is found."""
    sequence: str
    priority: int
    description: str

    @property
    def duration(self) -> str:
        """ISO 8601 of the longest grant. Okta takes up to 72 hours or 90 days; more ends earlier."""
        assert self.role.request is not None  # noqa: S101 - requests() makes none without
        hours = self.role.request.max_hours
        whole = hours % DAYS_PER_REQUEST == 0 and hours > DAYS_PER_REQUEST
        if whole or hours > MOST_HOURS:
            return f"P{min(hours // DAYS_PER_REQUEST, MOST_DAYS)}D"
        return f"PT{hours}H"


def requestable(catalogue: Catalogue, as_of: date) -> dict[str, str | None]:
    """Requested and administrator roles with a group in Okta, each with the application it is found at.

    None where the role gives no application in Okta: nothing there can be asked for.
    """
    apps = {system.id for system in federated_systems(catalogue, Provider.OKTA)}
    found: dict[str, str | None] = {}
    for role in groups_in(catalogue, Provider.OKTA, as_of):
        if role.request is not None:
            held = sorted({h.system for h in group_access(catalogue, role, as_of)} & apps)
            found[role.id] = held[0] if held else None
    return found


def requests(catalogue: Catalogue, okta: OktaSettings, as_of: date) -> tuple[Request, ...]:
    """Every request that can be declared, in order of role; priorities count up within an application."""
    count: dict[str, int] = {}
    found: list[Request] = []
    for name, system in requestable(catalogue, as_of).items():
        role, sequence = catalogue.roles[name], okta.approval_sequences.get(name)
        if system is None or sequence is None or role.request is None:
            continue
        conflicts = ", ".join(role.request.acknowledged_conflicts)
        approvers = ", ".join(role.request.approvers)
        text = f"{role.title}, approved by {approvers}; role:{role.id}" + (
            f"; may complete {conflicts}: the approval says so" if conflicts else ""
        )
        found.append(Request(role, system, sequence, count.get(system, 0), text))
        count[system] = count.get(system, 0) + 1
    return tuple(found)
