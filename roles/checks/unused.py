"""Every system and entitlement is held by somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "unused"
TITLE = "Every entitlement is held by somebody"
CITATIONS = ("164.502(b)(1)",)


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A notice for each system that no role reaches, and for each other entitlement that nobody holds."""
    held = {str(grant.entitlement) for role in catalogue.roles.values() for grant in role.grants}
    held |= {str(name) for account in catalogue.service_accounts.values() for name in account.entitlements}
    for system in catalogue.systems.values():
        idle = [name for name in system.entitlements if f"{system.id}/{name}" not in held]
        if len(idle) == len(system.entitlements):
            idle = []
            yield finding(
                catalogue,
                system,
                (),
                code=ID,
                message=f"no role reaches system `{system.id}`",
                remedy="grant what is needed, or remove the system",
                severity="notice",
            )
        for name in idle:
            yield finding(
                catalogue,
                system,
                ("entitlements", name),
                code=ID,
                message=f"nobody holds `{system.id}/{name}`",
                remedy="remove it, unless a role is about to be given it",
                severity="notice",
            )
