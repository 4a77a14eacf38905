"""A role that reaches ePHI says which categories of it the job needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import concrete_roles, lineage
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import reaches_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "minimum-necessary"
TITLE = "A role that reaches ePHI names the categories it needs"
CITATIONS = ("164.502(b)(1)", "164.514(d)(2)(i)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Roles with an entitlement that reaches ePHI, and no category of PHI in their lineage."""
    for role in concrete_roles(catalogue):
        stated = any(
            catalogue.roles[source].minimum_necessary.phi_categories for source in lineage(catalogue, role.id)
        )
        if not stated and reaches_ephi(catalogue, role.id, as_of):
            yield finding(
                catalogue,
                role,
                ("minimum_necessary",),
                code=ID,
                message=f"role `{role.id}` reaches ePHI and names no category of it",
                remedy="list them in `minimum_necessary.phi_categories`, and the conditions in `conditions`",
                citations=CITATIONS,
            )
