"""Fixtures of the access diff's tests: a catalogue to change, and what changed in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from scenarios import DAY

from billing_identity.review.diff.report import Report, Settings, reviewed
from billing_identity.review.diff.sources import Side
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue


@pytest.fixture(autouse=True)
def _quick(quick: None) -> None:
    """Every test here is quick."""


@dataclass
class Change:
    """A catalogue before, and a copy of it to change."""

    base: Path
    head: Path

    def edit(self, file: str, old: str, new: str, *, times: int = 1) -> None:
        """Replaces `old`; an edit that finds nothing is a broken test."""
        path = self.head / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not contain {old!r}"
        path.write_text(text.replace(old, new, times), encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.head / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def report(self, as_of: date = DAY, base_as_of: date = DAY) -> Report:
        """What the diff says of it, without resources."""
        sides = [
            Side(label, "roles/catalogue", path, self.load(path))
            for label, path in (("base", self.base), ("head", self.head))
        ]
        report = reviewed(sides[0], sides[1], Settings(as_of, base_as_of))
        return replace(report, no_resources="they were not asked for")

    def load(self, path: Path) -> Catalogue:
        loaded = load(path)
        assert loaded.catalogue is not None, loaded.problems
        return loaded.catalogue

    def texts(self) -> list[str]:
        return [item.text for item in self.report().access_changes]


@pytest.fixture
def change(tmp_path: Path) -> Iterator[Change]:
    """The reference organisation, twice."""
    shutil.copytree(REFERENCE, tmp_path / "base")
    shutil.copytree(REFERENCE, tmp_path / "head")
    yield Change(tmp_path / "base", tmp_path / "head")
