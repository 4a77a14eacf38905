"""Logs and documents are kept for six years, backups as long as the profile asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.access_policy import Profile
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "retention"
TITLE = "Logs are kept for six years, backups for weeks"
CITATIONS = ("164.316(b)(2)(i)", "164.312(b)", "164.308(a)(7)(ii)(A)")
CODES = (ID, "backup-retention")

SIX_YEARS_DAYS = 2192
"""The longest six years: two leap days."""

BACKUP_DAYS: dict[Profile, int] = dict.fromkeys(get_args(Profile), 35)
"""Days for which a backup is kept, by profile. No source names a number; 35 days let a fault that somebody
finds a month later be undone, and are what the policy packs ask of plans and vault locks."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A log retention below six years, which can't be lifted; backups kept for less than the profile asks."""
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
    least = BACKUP_DAYS[catalogue.access_policy.profile]
    kept = catalogue.access_policy.retention.backups_days
    if kept < least:
        yield finding(
            catalogue,
            catalogue.access_policy,
            ("retention", "backups_days"),
            code="backup-retention",
            message=f"backups are kept {kept} days, and profile `{catalogue.access_policy.profile}` "
            f"asks for {least}",
            remedy=f"write {least} or more",
            citations=("164.308(a)(7)(ii)(A)",),
        )
