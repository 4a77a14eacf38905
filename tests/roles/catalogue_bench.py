"""A copy of the reference catalogue that a test may edit, and what the loader and the checks say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from billing_identity.roles.checks import run_checks
from billing_identity.roles.loader import Loaded, load
from billing_identity.roles.problems import Problem

TODAY = date(2026, 11, 24)


@dataclass
class Workbench:
    """A catalogue folder to spoil."""

    root: Path

    def text(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str | bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replaces the first occurrence; an edit that finds nothing is a broken test."""
        before = self.text(file)
        assert old in before, f"{file} does not contain {old!r}"
        self.write(file, before.replace(old, new, 1))

    def load(self) -> Loaded:
        return load(self.root)

    def problems(self, as_of: date = TODAY, environment: str = "prod") -> list[Problem]:
        """Problems of loading or, when there are none, of the checks."""
        loaded = self.load()
        if loaded.catalogue is None:
            return list(loaded.problems)
        return run_checks(loaded.catalogue, as_of, environment=environment)

    def blocking(self, as_of: date = TODAY) -> list[Problem]:
        return [problem for problem in self.problems(as_of) if problem.blocks]

    def line(self, file: str, marker: str) -> int:
        """Number of the line that holds `marker`: the last one, so that an appended line wins."""
        lines = [number for number, line in enumerate(self.text(file).splitlines(), 1) if marker in line]
        assert lines, f"{file} has no line with {marker!r}"
        return lines[-1]
