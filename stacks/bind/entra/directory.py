"""Directory roles that roles of the catalogue carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.entra import DirectoryRole
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.bind.people import group_access


@dataclass(frozen=True, order=True)
class DirectoryGrant:
    """One directory role, in the whole tenant or in a unit."""

    role: DirectoryRole
    unit: str | None = None


def directory_grants(catalogue: Catalogue, role: Role, as_of: date) -> tuple[DirectoryGrant, ...]:
    """What a role's own grants carry in the directory, each once, by name."""
    found = {
        DirectoryGrant(directory_role, entitlement.administrative_unit)
        for held in group_access(catalogue, role, as_of)
        if catalogue.systems[held.system].identity.provider is Provider.ENTRA
        for entitlement in [catalogue.entitlement(held.entitlement)]
        for directory_role in entitlement.directory_roles
    }
    return tuple(sorted(found, key=lambda grant: (grant.role.value, grant.unit or "")))


def units(catalogue: Catalogue) -> tuple[str, ...]:
    """Administrative units that entitlements name, sorted."""
    return tuple(
        sorted(
            {
                entitlement.administrative_unit
                for system in catalogue.systems.values()
                if system.identity.provider is Provider.ENTRA
                for entitlement in system.entitlements.values()
                if entitlement.administrative_unit is not None and entitlement.directory_roles
            }
        )
    )
