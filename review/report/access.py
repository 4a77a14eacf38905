"""Roles, systems and who reaches what, as the matrix and the graph of the report need it."""

from __future__ import annotations

from datetime import date

from billing_identity.roles.access import concrete_roles, role_access
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment, Role
from billing_identity.roles.model.vocabulary import DataClass

Json = dict[str, object]

HOW = {
    Assignment.JOB_CODE: "by job code",
    Assignment.REQUEST: "on request",
    Assignment.ADMINISTRATOR: "by name",
}


def access(catalogue: Catalogue, as_of: date) -> Json:
    """Everything that is drawn. `cells[i]` are those of role i: system's index and the grants of the cell."""
    roles = tuple(concrete_roles(catalogue))
    position = {name: index for index, name in enumerate(catalogue.systems)}
    cells: list[list[Json]] = []
    for role in roles:
        found: dict[int, list[Json]] = {}
        for held in role_access(catalogue, role.id, as_of):
            entitlement = catalogue.entitlement(held.entitlement)
            found.setdefault(position[held.system], []).append(
                {
                    "id": held.entitlement,
                    "title": entitlement.title,
                    "ephi": DataClass.EPHI in entitlement.data_classes,
                    "data": [item.value for item in entitlement.data_classes],
                    "risks": [item.value for item in entitlement.risks],
                    "why": held.grant.rationale,
                    "clients": held.grant.clients.value,
                    "from": "" if held.granted_by == role.id else catalogue.roles[held.granted_by].title,
                    "until": held.grant.expires.isoformat() if held.grant.expires else "",
                }
            )
        cells.append([{"s": system, "g": grants} for system, grants in sorted(found.items())])
    return {
        "roles": [_role(catalogue, role) for role in roles],
        "systems": _systems(catalogue),
        "cells": cells,
        "jobs": [
            {"id": code, "title": title} for code, title in catalogue.access_policy.hr.job_codes.items()
        ],
        "clients": [
            {
                "id": client.id,
                "title": client.title,
                "systems": [position[system] for system in client.systems],
            }
            for client in catalogue.clients.values()
            if client.status != "closed"
        ],
        "vendors": [{"id": vendor.id, "title": vendor.title} for vendor in catalogue.vendors.values()],
    }


def _role(catalogue: Catalogue, role: Role) -> Json:
    return {
        "id": role.id,
        "title": role.title,
        "risk": role.risk.value,
        "privileged": role.privileged,
        "how": HOW[role.assignment],
        "owner": catalogue.roles[role.owner].title,
        "purpose": role.purpose,
        "jobs": list(role.job_codes),
        "eligible": list(role.request.eligible) if role.request else [],
    }


def _systems(catalogue: Catalogue) -> list[Json]:
    tiers = catalogue.access_policy.tiers
    return [
        {
            "id": system.id,
            "title": system.title,
            "kind": system.system_kind.value.replace("-", " "),
            "ephi": holds_ephi(system),
            "provider": system.identity.provider.value,
            "tier": tiers[system.tier].title,
            "resists": tiers[system.tier].phishing_resistant,
            "vendor": str(system.vendor) if system.vendor else "",
            "owner": catalogue.roles[system.owner].title,
            "approver": catalogue.roles[system.approver].title,
        }
        for system in catalogue.systems.values()
    ]
