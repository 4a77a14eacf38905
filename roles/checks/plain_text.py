"""Values are plain text: nothing in them steers a terminal or shows other than it reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.reach import seen_in_values
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "plain-text"
TITLE = "Values are plain text"
CITATIONS = ("164.312(c)(1)",)

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories that have no shape: controls (escape sequences), formats (bidirectional overrides,
zero-width characters), surrogates, private use and unassigned."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Values with a control or invisible character other than a line break or tab."""
    for location, found in seen_in_values(catalogue, unseen):
        yield Problem.at(
            location,
            code=ID,
            message=f"this value holds the invisible character {found}",
            remedy="remove it",
            citations=CITATIONS,
            liftable=False,
        )


def unseen(value: str) -> str:
    """The first invisible character of a text, as `U+202E`; empty when there is none."""
    if value.isprintable():
        return ""
    for character in value:
        if character not in "\n\t" and unicodedata.category(character) in UNSEEN:
            return f"U+{ord(character):04X}"
    return ""
