"""A catalogue as facts: what is compared. Facts of access are what a person really gets on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from billing_identity.review.diff.fields import field_facts
from billing_identity.review.diff.model import Access, Key, State, Value
from billing_identity.roles.access import Held, concrete_roles, job_code_roles, role_access, withdrawn
from billing_identity.roles.checks import lifting
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.model.role import Assignment, ClientScope, Role
from billing_identity.roles.model.vocabulary import DataClass
from billing_identity.roles.problems import Problem


@dataclass(frozen=True)
class View:
    """A catalogue on a day in an environment, with what its checks say of it.

    A view without a catalogue (`catalogue` None) is an empty one: everything on the other side is new.
    """

    catalogue: Catalogue | None
    as_of: date
    environment: str = "prod"
    problems: tuple[Problem, ...] = ()
    disarmed: frozenset[tuple[str, str]] = frozenset()
    """(rule, subject) of conflicts that only the other side's rules and risk tags show."""
    unread: frozenset[str] = frozenset()
    """Subjects whose files could not be read: no facts, so that the other side's count as new."""
    _cache: dict[str, dict[str, Held]] = field(
        default_factory=dict[str, dict[str, Held]], repr=False, compare=False
    )

    @cached_property
    def clients_by_system(self) -> dict[str, tuple[str, ...]]:
        """Clients that are not closed, by the system through which they are served."""
        found: dict[str, list[str]] = {}
        if self.catalogue is not None:
            for client in self.catalogue.clients.values():
                if client.status != "closed":
                    for system in client.systems:
                        found.setdefault(system, []).append(client.id)
        return {system: tuple(sorted(clients)) for system, clients in found.items()}

    def held(self, role: str) -> dict[str, Held]:
        """What a role gives, by entitlement."""
        if self.catalogue is None or role not in self.catalogue.roles:
            return {}
        if role not in self._cache:
            self._cache[role] = {
                item.entitlement: item for item in role_access(self.catalogue, role, self.as_of)
            }
        return self._cache[role]

    def people(self, job_code: str) -> dict[str, frozenset[str]]:
        """Entitlements that people with a job code hold, with the ways: `standing`, `request`."""
        found: dict[str, set[str]] = {}
        if self.catalogue is None or job_code not in self.catalogue.access_policy.hr.job_codes:
            return {}
        for role in job_code_roles(self.catalogue, job_code):
            if f"role:{role.id}" in self.unread:
                continue
            way = "standing" if role.assignment is Assignment.JOB_CODE else "request"
            for entitlement in self.held(role.id):
                found.setdefault(entitlement, set()).add(way)
        return {entitlement: frozenset(ways) for entitlement, ways in found.items()}

    @cached_property
    def state(self) -> State:
        """All facts, by key."""
        return {
            key: value
            for key, value in (_facts(self) if self.catalogue is not None else ())
            if key.subject not in self.unread and not (self.unread and key.family == "conflict")
        }


def data_of(catalogue: Catalogue, entitlement: str) -> tuple[str, ...]:
    """Data classes that an entitlement reaches: its own, or its system's where it names none; sorted."""
    own = catalogue.entitlement(entitlement).data_classes
    return tuple(sorted(own or catalogue.systems[entitlement.split("/", 1)[0]].data_classes))


def holders_of(role: Role) -> tuple[str, ...]:
    """Job codes whose people have or may ask for a role, sorted."""
    if role.assignment is Assignment.JOB_CODE:
        return tuple(sorted(role.job_codes))
    return tuple(sorted(role.request.eligible)) if role.request is not None else ()


def ephi(access: Access | None) -> bool:
    """Whether an access reaches electronic protected health information."""
    return access is not None and DataClass.EPHI in access.data


def _facts(view: View) -> Iterator[tuple[Key, Value]]:
    catalogue = view.catalogue
    if catalogue is None:
        return
    yield from _access(view, catalogue)
    yield from _holders(catalogue)
    yield from _statuses(view, catalogue)
    yield from _conflicts(view, catalogue)
    for entity in catalogue.entities():
        yield from field_facts(entity)


def _access(view: View, catalogue: Catalogue) -> Iterator[tuple[Key, Value]]:
    shared: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for role in concrete_roles(catalogue):
        for held in view.held(role.id).values():
            if held.entitlement not in shared:
                risks = tuple(sorted(catalogue.entitlement(held.entitlement).risks))
                shared[held.entitlement] = (data_of(catalogue, held.entitlement), risks)
            data, risks = shared[held.entitlement]
            scope = held.grant.clients
            clients = () if scope is ClientScope.NONE else view.clients_by_system.get(held.system, ())
            until = held.grant.expires.isoformat() if held.grant.expires is not None else None
            access = Access(held.way, scope.value, clients, data, risks, until)
            yield Key("access", f"role:{role.id}", held.entitlement), access
    for account in catalogue.service_accounts.values():
        for entitlement in account.entitlements:
            if not withdrawn(catalogue, entitlement.system, view.as_of):
                yield (
                    Key("access", f"service-account:{account.id}", str(entitlement)),
                    Access(
                        "program",
                        "all",
                        view.clients_by_system.get(entitlement.system, ()),
                        data_of(catalogue, entitlement),
                        tuple(sorted(catalogue.entitlement(entitlement).risks)),
                    ),
                )


def _holders(catalogue: Catalogue) -> Iterator[tuple[Key, Value]]:
    for role in concrete_roles(catalogue):
        for code in holders_of(role):
            yield Key("holder", f"role:{role.id}", code), role.assignment.value


def _statuses(view: View, catalogue: Catalogue) -> Iterator[tuple[Key, Value]]:
    for record in catalogue.exceptions.values():
        yield Key("status", f"exception:{record.id}"), exception_status(view, record)
    for vendor in catalogue.vendors.values():
        baa = vendor.baa
        if baa is not None:
            status = "in force"
            if view.as_of > baa.expires:
                late = (view.as_of - baa.expires).days
                status = "in grace" if late <= baa.grace_days else "lapsed"
            yield Key("status", f"vendor:{vendor.id}"), status


def exception_status(view: View, record: ExceptionRecord) -> str:
    """`in force`, `expired`, `not yet`, or `void` when its approval does not hold."""
    assert view.catalogue is not None  # noqa: S101 - for the type checker
    if record.expires < view.as_of:
        return "expired"
    if record.approved > view.as_of:
        return "not yet"
    if view.environment not in record.lifts.environments:
        return "elsewhere"
    return "in force" if lifting.valid(view.catalogue, record, view.as_of, view.environment) else "void"


def _conflicts(view: View, catalogue: Catalogue) -> Iterator[tuple[Key, Value]]:
    rules = {rule.id for rule in catalogue.access_policy.separation_of_duties}
    rules |= {rule for rule, _ in view.disarmed}
    for problem in view.problems:
        if problem.code in rules:
            verdict = "open"
            if problem.lifted_by is not None:
                verdict = f"lifted by {problem.lifted_by}"
            elif problem.severity == "notice":
                verdict = "on request, acknowledged"
            yield Key("conflict", problem.subject, problem.code), verdict
