"""What both identity providers need to know of a role: who is in it, whether it reaches ePHI, its texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from billing_identity.roles.access import Held, concrete_roles, lineage, role_access, role_grants
from billing_identity.roles.checks.reach import reaches_ephi, training_of
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment, Role
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import DataClass, Federation, Provider


def note(subject: str, owner: str, data_classes: Iterable[DataClass] = ()) -> str:
    """Catalogue id, owner and data classes in one line, for the description of types without tags."""
    classes = ", ".join(sorted(data_class.value for data_class in data_classes)) or "none"
    return f"{subject}; owner {owner}; data {classes}"


def data_classes(catalogue: Catalogue, entitlement: str) -> frozenset[DataClass]:
    """What an entitlement reaches: its own data classes, or its system's where it names none."""
    own = catalogue.entitlement(entitlement).data_classes
    return frozenset(own or catalogue.systems[entitlement.split("/", 1)[0]].data_classes)


def groups(catalogue: Catalogue) -> tuple[Role, ...]:
    """Roles that have a group: those that people hold, and the shared ones that job-code roles inherit."""
    return tuple(
        role
        for role in catalogue.roles.values()
        if not role.abstract or (role.grants and job_codes(catalogue, role))
    )


def job_codes(catalogue: Catalogue, role: Role) -> tuple[str, ...]:
    """Job codes that put a person into a role's group, sorted; for a shared role those of its heirs."""
    if not role.abstract:
        return tuple(sorted(role.job_codes))
    heirs = (
        heir
        for heir in concrete_roles(catalogue)
        if heir.assignment is Assignment.JOB_CODE and role.id in lineage(catalogue, heir.id)
    )
    return tuple(sorted({code for heir in heirs for code in heir.job_codes}))


def group_access(catalogue: Catalogue, role: Role, as_of: date) -> tuple[Held, ...]:
    """What a role's group carries itself.

    A job-code role leaves out what it inherits from a shared role: the same people are in that one's group.
    """
    return _carried(catalogue, role, role_access(catalogue, role.id, as_of))


def _carried(catalogue: Catalogue, role: Role, access: tuple[Held, ...]) -> tuple[Held, ...]:
    if role.abstract:
        return tuple(held for held in access if held.granted_by == role.id)
    if role.assignment is not Assignment.JOB_CODE:
        return access
    return tuple(held for held in access if not catalogue.roles[held.granted_by].abstract)


def role_data_classes(catalogue: Catalogue, role: Role, as_of: date) -> frozenset[DataClass]:
    """Everything that a role's group reaches."""
    reached = (data_classes(catalogue, held.entitlement) for held in group_access(catalogue, role, as_of))
    return frozenset[DataClass]().union(*reached)


def worker_types(catalogue: Catalogue, role: Role) -> tuple[str, ...]:
    """Worker types whose people a role's rules may take in; empty where the policy knows no outside staff."""
    hr = catalogue.access_policy.hr
    if hr.outside is None or "worker_type" not in hr.attributes:
        return ()
    if role.vendor_staff:
        return (hr.outside,)
    return tuple(sorted(value for value in hr.attributes["worker_type"].values if value != hr.outside))


def training_gated(catalogue: Catalogue, role: Role, as_of: date) -> bool:
    """Whether current training is a condition of the group: the role reaches ePHI and names training."""
    return bool(training_of(catalogue, role.id)) and reaches_ephi(catalogue, role.id, as_of)


def federated_systems(catalogue: Catalogue, provider: Provider) -> tuple[System, ...]:
    """Systems that are an application in a provider (its own first-party ones left out), in order of id."""
    return tuple(
        system
        for system in catalogue.systems.values()
        if system.identity.provider is provider and system.identity.federation is not Federation.BUILT_IN
    )


def groups_in(catalogue: Catalogue, provider: Provider, as_of: date) -> tuple[Role, ...]:
    """Roles that need a group in a provider: all in the primary one, elsewhere those with grants there.

    Grants withdrawn with an agreement count: a group's members, added by hand, would not come back with it.
    """
    found = groups(catalogue)
    if provider is catalogue.access_policy.identity.primary:
        return found
    return tuple(
        role
        for role in found
        if any(
            catalogue.systems[held.system].identity.provider is provider
            for held in _carried(catalogue, role, role_grants(catalogue, role.id, as_of))
        )
    )


def system_grants(catalogue: Catalogue, system: str, as_of: date) -> dict[str, tuple[str, ...]]:
    """Entitlements of one system by the role whose group carries them, both sorted."""
    if not (_GRANTS and _GRANTS[0][0] is catalogue and _GRANTS[0][1] == as_of):
        _GRANTS[:] = [(catalogue, as_of, _by_system(catalogue, as_of))]
    return dict(_GRANTS[0][2].get(system, {}))


_Grants = dict[str, dict[str, tuple[str, ...]]]
_GRANTS: list[tuple[Catalogue, date, _Grants]] = []
"""Of the last catalogue and day: every system asks, and each answer goes through all roles."""


def _by_system(catalogue: Catalogue, as_of: date) -> _Grants:
    found: _Grants = {}
    for role in groups(catalogue):
        for held in group_access(catalogue, role, as_of):
            of_system = found.setdefault(held.system, {})
            of_system[role.id] = (*of_system.get(role.id, ()), held.entitlement)
    return found


def iso_hours(hours: int) -> str:
    """Hours as an ISO 8601 duration; 0 is `PT0S`."""
    return f"PT{hours}H" if hours else "PT0S"
