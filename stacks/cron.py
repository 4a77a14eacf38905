"""Schedules of AWS Backup: `cron(minutes hours day-of-month month day-of-week year)`, in UTC."""

from __future__ import annotations

import re

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minutes", 0, 59, ()),
    ("hours", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 1, 7, _DAYS),
)
"""Name, bounds, and words for the numbers from the lower bound on (EventBridge User Guide, cron)."""
_FORM = "write for example cron(0 6 ? * * *): minutes hours day-of-month month day-of-week year"
Remedy = tuple[str, str]


def cron_fault(schedule: str, days: int) -> Remedy | None:
    """What is wrong with a schedule that must run at least every `days` days (1, or a quarter), and what to
    write instead; None when it does."""
    fields = schedule.removeprefix("cron(").removesuffix(")").split()
    if len(fields) != 6:
        return f"`{schedule}` has {len(fields)} fields instead of six", _FORM
    chosen: list[set[int]] = []
    for text, (name, low, high, words) in zip(fields, _FIELDS, strict=False):
        numbers = _numbers(text, low, high, words)
        if not numbers:
            return f"`{text}` is no {name} ({low} to {high})", _FORM
        chosen.append(numbers)
    of_month, of_week = fields[2], fields[4]
    if (of_month == "?") == (of_week == "?"):
        return "one of day of the month and day of the week must be `?`, and one only", _FORM
    if fields[5] != "*":
        return f"it ends with the year {fields[5]}", "write `*` for the year: backups have no end"
    months = sorted(chosen[3])
    following = [*months[1:], months[0]]
    gap = max((after - before) % 12 or 12 for before, after in zip(months, following, strict=True))
    every_day = all(text in ("*", "?", "*/1", "1/1") for text in (of_month, of_week)) and gap == 1
    if days == 1 and not every_day:
        return f"`{schedule}` does not run every day", "write `*` for day and month"
    if gap > max(1, days // 30) and not every_day:
        return f"`{schedule}` runs once in {gap} months", f"let it run at least every {days} days"
    return None


def _numbers(text: str, low: int, high: int, words: tuple[str, ...]) -> set[int]:
    """The numbers that a field names; empty for one that is none. `L`, `W` and `#` count as one day."""
    found: set[int] = set()
    for part in text.split(","):
        numbers = _part(part, low, high, words)
        if not numbers:
            return set()
        found |= numbers
    return found


def _part(part: str, low: int, high: int, words: tuple[str, ...]) -> set[int]:
    for number, word in enumerate(words, start=low):
        part = part.replace(word, str(number))
    if part in ("*", "?"):
        return set(range(low, high + 1))
    if high in (7, 31) and re.fullmatch(r"L|LW|\d{1,2}[LW]|[1-7]#[1-5]", part):
        first = re.match(r"\d+", part)
        return {int(first[0])} & set(range(low, high + 1)) if first else {high}
    match = re.fullmatch(r"(\*|\d{1,2})(?:-(\d{1,2}))?(?:/(\d{1,2}))?", part)
    if match is None or match[3] == "0":
        return set()
    start = low if match[1] == "*" else int(match[1])
    step = int(match[3] or 1)
    end = int(match[2]) if match[2] else high if match[3] or match[1] == "*" else start
    if not low <= start <= end <= high:
        return set()
    return set(range(start, end + 1, step))
