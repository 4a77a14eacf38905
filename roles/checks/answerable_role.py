"""Owners, approvers and officers are roles that somebody holds, and never the role that they answer for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, named
from billing_identity.roles.model.base import RoleRef, references
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.system import System
from billing_identity.roles.model.training import TrainingModule
from billing_identity.roles.problems import Problem

ID = "answerable-role"
TITLE = "Somebody else answers for every role and system"
CITATIONS = ("164.308(a)(2)", "164.308(a)(4)(ii)(B)")
CODES = (ID, "self-approval")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Roles that are to answer for something and can't; roles that answer for themselves."""
    for entity in catalogue.entities():
        for path, reference in references(entity):
            if not isinstance(reference, RoleRef) or path[0] == "inherits":
                continue
            if isinstance(entity, TrainingModule) and path[0] == "audience":
                continue
            target = catalogue.roles[reference]
            fault = _fault(target)
            if fault:
                yield finding(
                    catalogue,
                    entity,
                    path,
                    code=ID,
                    message=f"`{path[0]}` of {named(entity)} is `{reference}`, {fault}",
                    remedy="name a role that staff of the company hold by job code",
                    severity="input",
                    citations=CITATIONS,
                )
            if isinstance(entity, Role) and reference == entity.id:
                yield _self(
                    catalogue,
                    entity,
                    path,
                    f"role `{entity.id}` is its own {'owner' if path[0] == 'owner' else 'approver'}",
                )
    for system in catalogue.systems.values():
        if system.owner == system.approver:
            yield _self(
                catalogue,
                system,
                ("approver",),
                f"system `{system.id}` is run and approved by the same role `{system.owner}`",
            )
    for role in catalogue.roles.values():
        if role.request is not None and not _independent(catalogue, role):
            yield _self(
                catalogue,
                role,
                ("request", "approvers"),
                f"everybody who may approve `{role.id}` may also ask for it",
            )


def _fault(role: Role) -> str:
    if role.abstract:
        return "an abstract role that nobody holds"
    if role.vendor_staff:
        return "a role of outside staff"
    return "" if role.job_codes else "a role that is held only for hours, on request"


def _independent(catalogue: Catalogue, role: Role) -> bool:
    """Whether some approver's job code is not among those that may ask."""
    approvers = role.request.approvers if role.request else ()
    eligible = set(role.request.eligible if role.request else ())
    approving = {code for approver in approvers for code in catalogue.roles[approver].job_codes}
    return not approving or not approving <= eligible


def _self(catalogue: Catalogue, entity: Role | System, path: tuple[str | int, ...], message: str) -> Problem:
    return finding(
        catalogue,
        entity,
        path,
        code="self-approval",
        message=message,
        remedy="name another role: nobody approves what he holds himself",
        citations=CITATIONS,
        liftable=False,
    )
