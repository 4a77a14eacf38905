"""The highest roles of the directory are for cloud-only administrators, never for federated people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import concrete_roles, role_access
from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.entra import DirectoryRole
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.problems import Problem

ID = "directory-roles"
TITLE = "The highest directory roles are held by cloud-only administrators"
CITATIONS = ("164.312(d)", "164.308(a)(4)(ii)(B)")

HIGHEST = frozenset(
    {
        DirectoryRole.APPLICATION_ADMINISTRATOR,
        DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR,
        DirectoryRole.EXCHANGE_ADMINISTRATOR,
        DirectoryRole.SHAREPOINT_ADMINISTRATOR,
        DirectoryRole.USER_ADMINISTRATOR,
    }
)
"""Of SCuBA's highly privileged roles (MS.AAD.7) those that a file can name."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Roles of federated people that carry one of the highest directory roles.

    Conditional access asks its holders for a native key, which somebody who proves himself at the other
    provider can't bring: the role would lock its own holder out.
    """
    if not any(link.target is Provider.ENTRA for link in catalogue.access_policy.identity.federation):
        return
    for role in concrete_roles(catalogue):
        if role.assignment is Assignment.ADMINISTRATOR:
            continue
        for held in role_access(catalogue, role.id, as_of):
            source = catalogue.roles[held.granted_by]
            high = HIGHEST.intersection(catalogue.entitlement(held.grant.entitlement).directory_roles)
            if high:
                yield finding(
                    catalogue,
                    source,
                    ("grants", source.grants.index(held.grant), "entitlement"),
                    code=ID,
                    message=f"`{held.entitlement}` gives role `{role.id}`, whose people are federated, "
                    f"{spoken(sorted(high))}: these are for cloud-only administrators",
                    remedy="grant it to a role with `assignment: administrator`",
                    severity="input",
                    citations=CITATIONS,
                )
