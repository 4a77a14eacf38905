"""The clocks of an incident: what is due when, and where the time limit comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from billing_identity.roles.incident_reach import clients_reached
from billing_identity.roles.model.break_glass_use import BreakGlassUse
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident


@dataclass(frozen=True, order=True)
class Clock:
    """Something due at a time."""

    due: datetime
    what: str
    who: str
    source: str


def clocks(catalogue: Catalogue, incident: Incident) -> tuple[Clock, ...]:
    """All clocks of an incident, earliest first. They run from detection: a breach counts as discovered on
    the first day on which it is known, or would have been with reasonable diligence (164.410(a)(2)).
    """
    return tuple(sorted(_clocks(catalogue, incident)))


def _clocks(catalogue: Catalogue, incident: Incident) -> Iterator[Clock]:
    start = incident.detected
    privacy = catalogue.access_policy.privacy_officer
    for criterion in catalogue.incident_plan.decision_criteria:
        due = start + timedelta(hours=criterion.within_hours)
        yield Clock(due, f"Decide: {criterion.question}", criterion.decided_by, "incident plan")
    for client in affected(catalogue, incident):
        notice = catalogue.clients[client].notice
        due = start + timedelta(hours=notice.breach_hours)
        yield Clock(due, f"First notice to {catalogue.clients[client].title}", privacy, "client's agreement")
    yield Clock(
        start + timedelta(days=60),
        "Last day for telling covered entities of a breach of unsecured PHI; without unreasonable delay",
        privacy,
        "164.410(b)",
    )
    terms = catalogue.access_policy.break_glass
    for use in uses_in(catalogue, incident):
        due = use.review_due(terms)
        yield Clock(due, f"Review of break-glass use {use.id}", terms.approvers[0], "access policy")
    yield Clock(incident.expires, "Containment ends unless it is renewed", incident.approver, "incident file")


def uses_in(catalogue: Catalogue, incident: Incident) -> tuple[BreakGlassUse, ...]:
    """Uses of emergency access in an incident that are not reviewed yet."""
    uses = catalogue.break_glass_uses.values()
    return tuple(use for use in uses if use.incident == incident.id and use.review is None)


def affected(catalogue: Catalogue, incident: Incident) -> tuple[str, ...]:
    """Clients that the incident reaches and that are still served."""
    return tuple(
        name for name in clients_reached(catalogue, incident) if catalogue.clients[name].status != "closed"
    )
