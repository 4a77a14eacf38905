"""Logs and documents are kept for six years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "retention"
TITLE = "Logs are kept for six years"
CITATIONS = ("164.316(b)(2)(i)", "164.312(b)")

SIX_YEARS_DAYS = 2192
"""The longest six years: two leap days."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A log retention below six years; can't be lifted."""
    days = catalogue.access_policy.retention.logs_days
    if days < SIX_YEARS_DAYS:
        yield finding(
            catalogue,
            catalogue.access_policy,
            ("retention", "logs_days"),
            code=ID,
            message=f"logs are kept {days} days, less than six years",
            remedy=f"write {SIX_YEARS_DAYS} or more",
            citations=CITATIONS,
            liftable=False,
        )
