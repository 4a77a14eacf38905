"""Whoever an incident contains is contained in both providers of a federation, from the containment on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import Fault, finding, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.problems import Problem

ID = "incident-people"
TITLE = "An incident contains people in both providers of a federation"
CITATIONS = ("164.308(a)(6)(ii)", "164.308(a)(3)(ii)(C)")
CODES = (ID, "incident-uncontained")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Accounts of one provider without those of the other; a notice while `contained` is not written."""
    federated = bool(catalogue.access_policy.identity.federation)
    for incident in catalogue.incidents.values():
        yield from findings(
            catalogue,
            incident,
            _halves(incident) if federated else (),
            code=ID,
            citations=CITATIONS,
            liftable=False,
            about=f"incident `{incident.id}` ",
        )
        if incident.contains_on(as_of) and incident.contained is None and incident.cuts_sessions:
            yield finding(
                catalogue,
                incident,
                (),
                code="incident-uncontained",
                message=f"incident `{incident.id}` cuts sessions in AWS that were issued before it was "
                "detected: later ones, of whoever is still in, go on",
                remedy="write `contained`, the time at which the containment stack was first applied, and "
                "apply it again",
                severity="notice",
                citations=CITATIONS,
            )


def _halves(incident: Incident) -> Iterator[Fault]:
    """Which accounts are one person's opaque ids don't tell; that their numbers agree, they do."""
    scope = incident.scope
    for index, user in enumerate(scope.one_sided):
        if user not in scope.users:
            yield (
                ("scope", "one_sided", index),
                f"says of `{user}`, which is not among its `users`, that it is in one provider only",
                "add it to `users`, or take it out here",
            )
    okta = set(scope.okta_users) - set(scope.one_sided)
    entra = set(scope.entra_users) - set(scope.one_sided)
    if len(okta) != len(entra):
        yield (
            ("scope", "users"),
            f"names {len(okta)} accounts in Okta and {len(entra)} in Entra: whoever is contained in one "
            "provider alone keeps sessions in the other",
            "list both accounts of each person; one who has none in the other provider stands under "
            "`one_sided` as well",
        )
