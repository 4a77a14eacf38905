"""Questions that several checks ask: what a role reaches, its training, what touches a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from billing_identity.roles.access import concrete_roles, lineage, role_access, role_grants
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vendor import Vendor
from billing_identity.roles.model.vocabulary import DataClass
from billing_identity.roles.problems import Location


def later(day: date, days: int) -> date:
    """The day `days` (negative: before) from a day, held within the calendar that dates can express."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def seen_in_values(catalogue: Catalogue, look: Callable[[str], str]) -> Iterator[tuple[Location, str]]:
    """Every text value of every file in which `look` sees something: its place, and what it is."""
    for tree in catalogue.trees.values():
        for path, value in tree.scalars():
            if found := look(value):
                yield tree.locate(path), found


def holds_ephi(system: System) -> bool:
    """Whether a system holds or reaches ePHI."""
    return DataClass.EPHI in system.data_classes


def reaches_ephi(catalogue: Catalogue, role: str, as_of: date) -> bool:
    """Whether a role has an entitlement that reaches ePHI, or would again on renewal of an agreement."""
    return any(
        DataClass.EPHI in catalogue.entitlement(held.entitlement).data_classes
        for held in role_grants(catalogue, role, as_of)
    )


def roles_by_system(catalogue: Catalogue, as_of: date) -> dict[str, tuple[str, ...]]:
    """The concrete roles that have any entitlement of a system, for every system that some role reaches."""
    found: dict[str, dict[str, None]] = {}
    for role in concrete_roles(catalogue):
        for held in role_access(catalogue, role.id, as_of):
            found.setdefault(held.entitlement.split("/", 1)[0], {})[role.id] = None
    return {system: tuple(roles) for system, roles in found.items()}


def training_of(catalogue: Catalogue, role: str) -> tuple[str, ...]:
    """Training modules of a role, inherited ones included, sorted."""
    found = {
        str(module) for source in lineage(catalogue, role) for module in catalogue.roles[source].training
    }
    return tuple(sorted(found))


def vendors_for(catalogue: Catalogue, client: Client) -> Iterator[tuple[System, Vendor]]:
    """Vendors whose systems with ePHI are reached on a client's behalf, with the system."""
    for name in client.systems:
        system = catalogue.systems[name]
        if system.vendor is not None and holds_ephi(system):
            yield system, catalogue.vendors[system.vendor]


def served(catalogue: Catalogue) -> Iterator[Client]:
    """Clients whose data the company still has: all but closed ones."""
    return (client for client in catalogue.clients.values() if client.status != "closed")
