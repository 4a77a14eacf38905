"""Dates of grants make sense, and a grant that has ended is seen to have ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import in_force
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "grant-dates"
TITLE = "Grants begin before they end"
CITATIONS = ("164.308(a)(4)(ii)(C)",)
CODES = (ID, "grant-ended")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Grants that end before they begin (error), and grants that have ended (notice)."""
    for role in catalogue.roles.values():
        for index, grant in enumerate(role.grants):
            if grant.since is not None and grant.expires is not None and grant.expires < grant.since:
                yield finding(
                    catalogue,
                    role,
                    ("grants", index, "expires"),
                    code=ID,
                    message=f"the grant of `{grant.entitlement}` to `{role.id}` ends on {grant.expires}, "
                    f"before it begins on {grant.since}",
                    remedy="correct one of the dates",
                    severity="input",
                )
            elif not in_force(grant, as_of):
                yield finding(
                    catalogue,
                    role,
                    ("grants", index, "expires"),
                    code="grant-ended",
                    message=f"the grant of `{grant.entitlement}` to `{role.id}` ended on {grant.expires}; "
                    "it is no longer given",
                    remedy="remove the grant, or have it approved again with a new date",
                    severity="notice",
                )
