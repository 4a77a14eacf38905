"""Every job code that HR sends leads to a role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import job_code_roles
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "job-codes"
TITLE = "Every job code leads to a role"
CITATIONS = ("164.308(a)(3)(i)",)


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A notice for each job code whose holders get nothing and may ask for nothing."""
    for code in catalogue.access_policy.hr.job_codes:
        if not job_code_roles(catalogue, code):
            yield finding(
                catalogue,
                catalogue.access_policy,
                ("hr", "job_codes", code),
                code=ID,
                message=f"no role is given to, or may be asked for by, job code `{code}`",
                remedy="name it in a role, or remove it",
                severity="notice",
                subject=f"job-code:{code}",
            )
