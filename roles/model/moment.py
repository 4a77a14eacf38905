"""Moments and days: files give moments with a zone, checks and updates are judged by a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

WESTERNMOST = timedelta(hours=12)
"""How long after midnight UTC a day lasts where it ends last (UTC-12, the westernmost of the IANA zones)."""


def utc(moment: datetime) -> datetime:
    """The moment in UTC; one without zone is taken for UTC (a check refuses it)."""
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def first_moment(day: date) -> datetime:
    """Midnight UTC with which a day begins."""
    return datetime.combine(day, time.min, UTC)


def is_to_come(moment: datetime, day: date) -> bool:
    """Whether a moment is later than a day, wherever on earth the day is meant."""
    return utc(moment) > first_moment(day) + timedelta(days=1) + WESTERNMOST


def is_past(moment: datetime, day: date) -> bool:
    """Whether a moment was before a day began."""
    return utc(moment) < first_moment(day)
