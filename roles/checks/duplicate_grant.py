"""A role names each entitlement once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import lineage
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "duplicate-grant"
TITLE = "A role names each entitlement once"
CITATIONS = ("164.502(b)(1)",)
CODES = (ID, "redundant-grant")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Repeated grants (error), and grants that an inherited role gives already (notice)."""
    for role in catalogue.roles.values():
        seen: set[str] = set()
        inherited = {
            str(grant.entitlement): parent
            for parent in lineage(catalogue, role.id)
            if parent != role.id
            for grant in catalogue.roles[parent].grants
        }
        for index, grant in enumerate(role.grants):
            name = str(grant.entitlement)
            path = ("grants", index, "entitlement")
            if name in seen:
                yield finding(
                    catalogue,
                    role,
                    path,
                    code=ID,
                    message=f"role `{role.id}` is granted `{name}` twice",
                    remedy="keep one grant, with one rationale",
                    severity="input",
                )
            elif name in inherited:
                yield finding(
                    catalogue,
                    role,
                    path,
                    code="redundant-grant",
                    message=f"role `{role.id}` has `{name}` already from `{inherited[name]}`",
                    remedy="remove the grant here, unless it is meant to outlast the inherited one",
                    severity="notice",
                )
            seen.add(name)
