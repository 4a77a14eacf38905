"""A role's id is none of the names that the program forms for other groups of the same provider.

A group is called by its role's id in the program; client, ring and eligible groups by a prefix and an id.
Two declarations of one name would stop the deployment, or worse: give one group another's members.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, named
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Role
from billing_identity.roles.naming import (
    FIXED_GROUPS,
    client_group_name,
    eligible_group_name,
    requestor_group_name,
    ring_group_name,
)
from billing_identity.roles.problems import Problem

ID = "provider-names"
TITLE = "No role, and no role's group, has the name of another group"
CITATIONS = ("164.312(a)(1)",)

OF_THE_PROVIDER = {"everyone": "everybody, which is the provider's own"}


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Roles whose id or live group's name is that of a client's, a ring's, an eligible, a fixed or another
    role's group."""
    taken = dict.fromkeys(FIXED_GROUPS, "the program itself")
    taken |= {client_group_name(client.id): named(client) for client in catalogue.clients.values()}
    taken |= {ring_group_name(ring): f"ring `{ring}`" for ring in catalogue.access_policy.rings}
    taken |= {eligible_group_name(role): f"those who may become `{role}`" for role in catalogue.roles}
    taken |= {requestor_group_name(role): f"those who may request `{role}`" for role in catalogue.roles}
    for role in catalogue.roles.values():
        if role.id in taken:
            yield finding(
                catalogue,
                role,
                ("id",),
                code=ID,
                message=f"`{role.id}` is also the name of the group of {taken[role.id]}",
                remedy="rename the role, or the other one",
                severity="input",
            )
    owners: dict[str, list[Role]] = {}
    for role in catalogue.roles.values():
        for name in role.group_names():
            owners.setdefault(name.casefold(), []).append(role)
    taken |= OF_THE_PROVIDER
    for role in catalogue.roles.values():
        for provider, name in role.live_groups.items():
            others = [named(other) for other in owners.get(name.casefold(), ()) if other.id != role.id]
            if owner := (others[-1] if others else taken.get(name.casefold())):
                yield finding(
                    catalogue,
                    role,
                    ("live_groups", provider),
                    code=ID,
                    message=f"`{name}` is also the name of the group of {owner}",
                    remedy="rename one of the two groups where it lives, then here",
                    severity="input",
                )
