"""No client's data goes while an incident that may have reached it is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.client_life import destroyed_at_the_earliest
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.incident_reach import holds
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.moment import utc
from billing_identity.roles.problems import Problem

ID = "client-held"
TITLE = "No client's data is destroyed while an incident that reached it is open"
CITATIONS = ("164.308(a)(6)(ii)", "164.402")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """`returned_on`, after which stores lose their protection and keys end, during an open incident; a
    certificate whose destruction the incident should have stopped."""
    for client in catalogue.clients.values():
        leaving = client.offboarding
        if leaving is None or leaving.returned_on is None:
            continue
        gone = destroyed_at_the_earliest(client, leaving.returned_on)
        for incident in holds(catalogue, client):
            if client.status == "closed" and utc(incident.detected).date() >= gone:
                continue  # it was gone before anybody knew
            yield finding(
                catalogue,
                client,
                ("offboarding", "returned_on"),
                code=ID,
                message=f"client `{client.id}` is on its way out while incident `{incident.id}`, which "
                "reaches it, is open: its stores show what was read",
                remedy="take `returned_on` out until the incident is closed with its closure, and let a key "
                "administrator cancel a deletion that was ordered",
                citations=CITATIONS,
            )
