"""Lengths of time as services write them."""

from __future__ import annotations

import re
from datetime import date, datetime

_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,5})D)?(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,5})S)?)?"
)


def duration_hours(text: str) -> float | None:
    """Hours of an ISO 8601 duration in days and smaller; None for anything else, months too."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return days * 24 + hours + minutes / 60 + seconds / 3600


def days_until(text: str, day: date) -> int | None:
    """Days from `day` to an ISO 8601 point in time; None for anything else."""
    try:
        return (datetime.fromisoformat(text).date() - day).days
    except ValueError:
        return None
