"""Outside staff hold roles of their own, for hours, on request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import lineage
from billing_identity.roles.checks.finding import Fault, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment, Role
from billing_identity.roles.problems import Problem

ID = "vendor-staff"
TITLE = "Outside staff are apart, and for hours only"
CITATIONS = ("164.308(a)(3)(ii)(A)", "164.308(b)(1)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Vendor roles that come by job code, inherit from the workforce's, or share job codes with staff."""
    staff = {
        str(code): str(role.id)
        for role in catalogue.roles.values()
        if not role.vendor_staff
        for code in (*role.job_codes, *(role.request.eligible if role.request else ()))
    }
    for role in catalogue.roles.values():
        if role.vendor_staff:
            yield from findings(
                catalogue, role, _faults(catalogue, role, staff), code=ID, citations=CITATIONS
            )


def _faults(catalogue: Catalogue, role: Role, staff: dict[str, str]) -> Iterator[Fault]:
    if role.assignment is not Assignment.REQUEST and not role.abstract:
        yield (
            ("assignment",) if role.assignment is not Assignment.JOB_CODE else ("job_codes",),
            f"role `{role.id}` of outside staff is not asked for each time",
            "write `assignment: request` with request terms of hours",
        )
    for parent in lineage(catalogue, role.id)[1:]:
        if not catalogue.roles[parent].vendor_staff:
            yield (
                ("inherits",),
                f"role `{role.id}` of outside staff inherits from `{parent}`, which is the workforce's",
                "name its few grants itself",
            )
            break
    for index, code in enumerate(role.request.eligible if role.request else ()):
        if code in staff:
            yield (
                ("request", "eligible", index),
                f"job code `{code}` may ask for `{role.id}` of outside staff and leads to "
                f"`{staff[code]}` as well",
                "give outside staff a job code of their own",
            )
