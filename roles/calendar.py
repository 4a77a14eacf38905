"""On which days what recurs begins: one calendar for access reviews, their documents and the report.

Periods begin on the first day of a month, quarter, half-year or year, so that everybody knows them.
"""

from __future__ import annotations

from datetime import date

from billing_identity.roles.model.vocabulary import Cadence


def starts(cadence: Cadence, first_year: int, last_year: int | None = None) -> tuple[date, ...]:
    """Days on which periods of a cadence begin in the years from `first_year` to `last_year`."""
    return tuple(
        date(year, month, 1)
        for year in range(first_year, (last_year or first_year) + 1)
        for month in range(1, 13, cadence.months)
    )


def next_start(cadence: Cadence, as_of: date) -> date:
    """The first day of the period after the one that a day is in."""
    return next(day for day in starts(cadence, as_of.year, as_of.year + 1) if day > as_of)
