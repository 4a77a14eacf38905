"""A grant that reaches ePHI says whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import ClientScope
from billing_identity.roles.model.vocabulary import DataClass
from billing_identity.roles.problems import Problem

ID = "grant-scope"
TITLE = "A grant that reaches ePHI says whose"
CITATIONS = ("164.502(b)(1)", "164.308(a)(4)(ii)(B)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Grants of entitlements with ePHI whose `clients` is `none`."""
    for role in catalogue.roles.values():
        for index, grant in enumerate(role.grants):
            reaches = catalogue.entitlement(grant.entitlement).data_classes
            if grant.clients is ClientScope.NONE and DataClass.EPHI in reaches:
                yield finding(
                    catalogue,
                    role,
                    ("grants", index, "clients"),
                    code=ID,
                    message=f"`{grant.entitlement}` reaches ePHI, and its grant to `{role.id}` says "
                    "`clients: none`",
                    remedy="write `assigned`, or `all` with a rationale that says why",
                    severity="input",
                    citations=CITATIONS,
                )
