"""What is wrong with a catalogue: one `Problem` per fault, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["input", "policy", "notice"]
"""`input`: the files are not a catalogue (exit 2). `policy`: well-formed and not allowed (exit 1, may be
lifted by an exception). `notice`: to be known, blocks nothing."""


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file. `file` is relative to the catalogue's folder; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One fault.

    `code` is the id of the check or separation-of-duties rule; `subject` the catalogue id with its kind
    (`role:payment-poster`); `lifted_by` the id of the exception that lifts it, if one does.
    """

    location: Location
    code: str
    message: str
    remedy: str
    severity: Severity = "input"
    subject: str = ""
    citations: tuple[str, ...] = ()
    liftable: bool = True
    lifted_by: str | None = None

    @classmethod
    def at(
        cls,
        location: Location,
        *,
        code: str,
        message: str,
        remedy: str,
        severity: Severity = "input",
        subject: str = "",
        citations: Iterable[str] = (),
        liftable: bool = True,
    ) -> Problem:
        """A problem at a location; see the class for the meaning of each part."""
        return cls(location, code, message, remedy, severity, subject, tuple(citations), liftable)

    def lifted(self, exception: str) -> Problem:
        """The same problem, lifted by an exception: reported, no longer blocking."""
        return replace(self, lifted_by=exception)

    @property
    def blocks(self) -> bool:
        """Whether it makes the run fail."""
        return self.severity != "notice" and self.lifted_by is None


def sort_key(problem: Problem) -> tuple[Location, str, str, str]:
    """Order of reports: by place, then code, subject and message."""
    return (problem.location, problem.code, problem.subject, problem.message)


def exit_code(problems: Iterable[Problem]) -> int:
    """2 when the input is wrong, 1 when a policy matter blocks, 0 otherwise."""
    blocking = [problem.severity for problem in problems if problem.blocks]
    if "input" in blocking:
        return 2
    return 1 if blocking else 0
