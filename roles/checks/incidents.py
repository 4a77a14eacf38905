"""An incident runs in order, its containment ends, and it is closed only with what was learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from billing_identity.roles.checks.finding import Fault, finding, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.model.moment import is_past, utc
from billing_identity.roles.problems import Problem

ID = "incidents"
TITLE = "Incidents run in order and end with what was learned"
CITATIONS = ("164.308(a)(6)(ii)", "164.402")
CODES = (ID, "incident-closure", "containment-ended")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Times out of order or without zone, empty scope, closing without closure, ended containment."""
    for incident in catalogue.incidents.values():
        yield from findings(
            catalogue, incident, _order(incident), code=ID, severity="input", citations=CITATIONS
        )
        if incident.opened_by == incident.approver:
            yield finding(
                catalogue,
                incident,
                ("approver",),
                code=ID,
                message=f"incident `{incident.id}` is opened and approved by the same role "
                f"`{incident.approver}`",
                remedy="name another approver",
                citations=CITATIONS,
                liftable=False,
            )
        if (incident.closed is None) != (incident.closure is None):
            yield finding(
                catalogue,
                incident,
                ("closed",) if incident.closure is None else ("closure",),
                code="incident-closure",
                message=f"incident `{incident.id}` "
                + (
                    "is closed without `closure`"
                    if incident.closure is None
                    else "has a closure and no `closed`"
                ),
                remedy="a closed incident states root cause, breach assessment, changes of controls "
                "and training",
                citations=CITATIONS,
                liftable=False,
            )
        if incident.closed is None and is_past(incident.expires, as_of):
            yield finding(
                catalogue,
                incident,
                ("expires",),
                code="containment-ended",
                message=f"incident `{incident.id}` is open, and its containment ended at "
                f"{incident.expires.isoformat()}",
                remedy="renew `expires`, or close the incident",
                citations=CITATIONS,
                liftable=False,
            )


def _order(incident: Incident) -> Iterator[Fault]:
    moments = [
        (name, value)
        for name in ("occurred", "detected", "contained", "closed")
        if (value := getattr(incident, name)) is not None
    ]
    for name, value in (*moments, ("expires", incident.expires)):
        if value.tzinfo is None:
            yield (
                (name,),
                f"`{name}` of incident `{incident.id}` has no time zone",
                "end it with Z or an offset",
            )
    for (before, first), (after, second) in pairwise(moments):
        if utc(second) < utc(first):
            yield (
                (after,),
                f"incident `{incident.id}` was {after} before it was {before}",
                "correct the times",
            )
    if utc(incident.expires) <= utc(incident.detected):
        yield (
            ("expires",),
            f"containment of `{incident.id}` ends before it was detected",
            "write a later time",
        )
    if incident.scope.names_nothing():
        yield (
            ("scope",),
            f"incident `{incident.id}` contains nothing",
            "name users, devices, systems, vendors, networks or principals of AWS",
        )
