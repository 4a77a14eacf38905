"""Owners, approvers and officers are roles that somebody holds, and never the role that they answer for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import lineage, role_access
from billing_identity.roles.checks.finding import finding, named
from billing_identity.roles.model.base import RoleRef, references
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.system import System
from billing_identity.roles.model.training import TrainingModule
from billing_identity.roles.model.vocabulary import RiskTag
from billing_identity.roles.problems import Problem

ID = "answerable-role"
TITLE = "Somebody else answers for every role and system"
CITATIONS = ("164.308(a)(2)", "164.308(a)(4)(ii)(B)")
CODES = (ID, "self-approval")

OVERSIGHT = frozenset({RiskTag.READS_AUDIT_LOG, RiskTag.APPROVES_ACCESS})
"""What a data owner may hold in his own system."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Roles that are to answer for something and can't; roles that answer for themselves."""
    for entity in catalogue.entities():
        for path, reference in references(entity):
            if not isinstance(reference, RoleRef) or path[0] == "inherits":
                continue
            if isinstance(entity, TrainingModule) and path[0] == "audience":
                continue
            if path == ("break_glass", "role"):
                continue  # answers for nothing: what it must be is the check `break-glass`'s
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
        if risks := _duties(catalogue, system, as_of):
            yield _self(
                catalogue,
                system,
                ("approver",),
                f"access to `{system.id}` is approved by `{system.approver}`, who works in it himself: "
                + ", ".join(risks),
            )
    for role in catalogue.roles.values():
        for index, approver in enumerate(role.request.approvers if role.request is not None else ()):
            if why := _holds(catalogue, approver, role):
                yield _self(
                    catalogue,
                    role,
                    ("request", "approvers", index),
                    f"`{approver}` approves role `{role.id}` and {why}",
                )


def _fault(role: Role) -> str:
    if role.abstract:
        return "an abstract role that nobody holds"
    if role.vendor_staff:
        return "a role of outside staff"
    return "" if role.job_codes else "a role that is held only for hours, on request"


def _holds(catalogue: Catalogue, approver: str, role: Role) -> str:
    """How an approver of a requested role may come to hold it; empty when he may not."""
    assert role.request is not None  # noqa: S101 - for the type checker
    both = [code for code in catalogue.roles[approver].job_codes if code in role.request.eligible]
    if both:
        return f"may ask for it: {', '.join(both)} is eligible"
    if approver != role.id and role.id in lineage(catalogue, approver):
        return "inherits from it"
    return ""


def _duties(catalogue: Catalogue, system: System, as_of: date) -> list[str]:
    """Risks of what the approver of a system holds in it, oversight left out."""
    held = [held for held in role_access(catalogue, system.approver, as_of) if held.system == system.id]
    risks = {risk for item in held for risk in catalogue.entitlement(item.entitlement).risks}
    return sorted(risks - OVERSIGHT)


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
