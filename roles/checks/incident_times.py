"""What an incident says happened has happened, and its containment ends within the plan's limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from billing_identity.roles.checks.finding import Fault, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.model.moment import first_moment, is_to_come, utc
from billing_identity.roles.problems import Problem

ID = "incident-times"
TITLE = "An incident's times have come, and its containment ends soon"
CITATIONS = ("164.308(a)(6)(ii)", "164.308(a)(7)(i)")

HAPPENED = ("occurred", "detected", "contained", "closed")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Times to come where something is said to have happened; containment longer than the plan allows."""
    days = catalogue.incident_plan.containment_days
    for incident in catalogue.incidents.values():
        yield from findings(
            catalogue,
            incident,
            (*to_come(incident, as_of), *_too_long(incident, as_of, days)),
            code=ID,
            severity="input",
            citations=CITATIONS,
            liftable=False,
        )


def to_come(incident: Incident, as_of: date) -> Iterator[Fault]:
    """Path, message and remedy of each time that is later than the day: AWS would deny every session issued
    before it, new ones included.
    """
    for name in HAPPENED:
        moment = getattr(incident, name)
        if moment is not None and is_to_come(moment, as_of):
            yield (
                (name,),
                f"incident `{incident.id}` was {name} at {moment.isoformat()}, a time to come",
                f"correct it: {as_of} or earlier",
            )


def _too_long(incident: Incident, as_of: date, days: int) -> Iterator[Fault]:
    """The limit runs from the day judged by, or from detection where that is later: each renewal is short."""
    start = max(first_moment(as_of) + timedelta(days=1), utc(incident.detected))
    if incident.closed is None and utc(incident.expires) > start + timedelta(days=days):
        yield (
            ("expires",),
            f"incident `{incident.id}` would be contained until {incident.expires.isoformat()}, longer than "
            f"the {days} days of the incident plan (`containment_days`)",
            f"write {as_of + timedelta(days=days)} or earlier, and renew it while the incident lasts",
        )
