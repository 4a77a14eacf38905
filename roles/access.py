"""Effective access: which entitlements a role or a job code really gives on a given day, and through what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment, Grant, Role
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, SystemKind

Way = Literal["job-code", "request", "administrator"]


@dataclass(frozen=True)
class Held:
    """One entitlement as somebody holds it."""

    entitlement: str
    """`system/name`."""
    role: str
    """The role whose group gives it."""
    granted_by: str
    """The role whose file names the grant: `role` itself, or one it inherits from."""
    grant: Grant
    way: Way

    @property
    def system(self) -> str:
        """The system's id."""
        return self.grant.entitlement.system


def lineage(catalogue: Catalogue, role: str) -> tuple[str, ...]:
    """A role and all that it inherits from, nearest first. A cycle, which a check reports, is cut."""
    order: list[str] = []
    stack = [role]
    while stack:
        current = stack.pop(0)
        if current not in order:
            order.append(current)
            stack.extend(catalogue.roles[current].inherits)
    return tuple(order)


def is_platform(system: System) -> bool:
    """Whether the company's own controls stand on a system: the administration of an identity provider, or
    the cloud of its keys, stores and logs.

    No date withdraws it: help desk, key custodian, log readers and break-glass would be the first to go.
    """
    return (
        system.system_kind is SystemKind.IDENTITY_PROVIDER
        or system.identity.federation is Federation.PERMISSION_SET
    )


def withdrawn(catalogue: Catalogue, system: str, as_of: date) -> bool:
    """Whether a system's vendor has had no agreement in force for longer than its grace period; never true of
    a platform."""
    if is_platform(catalogue.systems[system]):
        return False
    return lapsed(catalogue, catalogue.systems[system].vendor, as_of)


def lapsed(catalogue: Catalogue, vendor: str | None, as_of: date) -> bool:
    """Whether a vendor's agreement, if it has one, ended longer ago than its days of grace."""
    baa = catalogue.vendors[vendor].baa if vendor is not None else None
    return baa is not None and (as_of - baa.expires).days > baa.grace_days


def in_force(grant: Grant, as_of: date) -> bool:
    """Whether a grant still runs: its last day is included."""
    return grant.expires is None or as_of <= grant.expires


def role_access(catalogue: Catalogue, role: str, as_of: date) -> tuple[Held, ...]:
    """What a role gives on a day: own and inherited grants, without what has expired or been withdrawn.

    An entitlement that stands several times in the lineage is listed once, from the nearest file.
    """
    return tuple(
        held for held in role_grants(catalogue, role, as_of) if not withdrawn(catalogue, held.system, as_of)
    )


def role_grants(catalogue: Catalogue, role: str, as_of: date) -> tuple[Held, ...]:
    """`role_access`, and what was withdrawn with its vendor's agreement: it comes back on renewal."""
    way: Way = catalogue.roles[role].assignment.value
    found: dict[str, Held] = {}
    for source in lineage(catalogue, role):
        for grant in catalogue.roles[source].grants:
            if in_force(grant, as_of):
                found.setdefault(
                    str(grant.entitlement), Held(str(grant.entitlement), role, source, grant, way)
                )
    return tuple(found[entitlement] for entitlement in sorted(found))


def concrete_roles(catalogue: Catalogue) -> Iterator[Role]:
    """Roles that have a group, in order of id."""
    return (role for role in catalogue.roles.values() if not role.abstract)


def job_code_roles(catalogue: Catalogue, job_code: str, *, requested: bool = True) -> tuple[Role, ...]:
    """Roles that a job code gives and, unless `requested` is false, those that it may ask for."""
    return tuple(
        role
        for role in concrete_roles(catalogue)
        if (role.assignment is Assignment.JOB_CODE and job_code in role.job_codes)
        or (requested and role.request is not None and job_code in role.request.eligible)
    )


def job_code_access(
    catalogue: Catalogue, job_code: str, as_of: date, *, requested: bool = True
) -> tuple[Held, ...]:
    """Everything that a person with this job code reaches, in all providers together."""
    return tuple(
        held
        for role in job_code_roles(catalogue, job_code, requested=requested)
        for held in role_access(catalogue, role.id, as_of)
    )
