"""Vendors are assessed every year, with a result that stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vendor import Assessment, Vendor
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "due-diligence"
TITLE = "Vendors are assessed, in time and with a good result"
CITATIONS = ("164.308(b)(1)", "164.308(a)(8)", "164.314(a)(2)(i)(A)")

AREAS = ("encryption", "access_model", "vulnerability_management", "incident_response")
YEAR_DAYS = 366
"""Longest time between assessments, in days; a year is convention (no paragraph gives an interval)."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Overdue or missing assessments, bad results, reports that have lapsed or are missing, future dates."""
    for vendor in catalogue.vendors.values():
        for path, message, remedy in _faults(vendor, as_of):
            yield finding(
                catalogue,
                vendor,
                ("due_diligence", *path),
                code=ID,
                message=f"due diligence of `{vendor.id}`: {message}",
                remedy=remedy,
                citations=CITATIONS,
            )


def _faults(vendor: Vendor, as_of: date) -> Iterator[tuple[Steps, str, str]]:
    work = vendor.due_diligence
    latest = date.min
    for area in AREAS:
        assessment: Assessment = getattr(work, area)
        title = area.replace("_", " ")
        latest = max(latest, assessment.assessed)
        if assessment.result == "unsatisfactory":
            yield (
                (area, "result"),
                f"{title} is unsatisfactory",
                "take the vendor off ePHI, or have it repaired and assessed again",
            )
        if assessment.assessed > as_of:
            yield (
                (area, "assessed"),
                f"{title} is dated {assessment.assessed}, still to come",
                "correct the date",
            )
    if as_of > work.next_due:
        yield ("next_due",), f"was due on {work.next_due}", "assess the vendor, and set the next date"
    elif (work.next_due - latest).days > YEAR_DAYS:
        yield (
            ("next_due",),
            f"the next is due on {work.next_due}, more than a year after the last on {latest}",
            "assess every year",
        )
    for index, report in enumerate(work.reports):
        if as_of > report.valid_until:
            yield (
                ("reports", index, "valid_until"),
                f"the {report.kind} report lapsed on {report.valid_until}",
                "get the new report, or remove the old one",
            )
    if vendor.business_associate and not work.reports:
        yield (), "a business associate without any independent report", "get one, for example soc-2-type-2"
