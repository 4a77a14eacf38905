"""What changed against a base, taken from the access diff."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from billing_identity.review.diff.report import Settings
from billing_identity.review.diff.run import Arguments, compared
from billing_identity.review.diff.sources import CATALOGUE
from billing_identity.review.report.changes import Change, ChangeSection


def changes_against(
    base: str, *, root: Path, catalogue: Path | None, days: tuple[date, date], environment: str
) -> ChangeSection:
    """Changes of access from `base` (a revision or folder) to the catalogue; resources are not compared.

    `days`: by which the base and the catalogue are judged.

    Raises SourceError for a base that can't be read.
    """
    head = str(catalogue.resolve()) if catalogue is not None else None
    settings = Settings(days[1], days[0], environment)
    report = compared(Arguments(base, head, CATALOGUE, settings, root.resolve(), ()))
    return ChangeSection(
        base,
        tuple(Change(item.direction.value, item.topic.value, item.text) for item in report.access_changes),
    )
