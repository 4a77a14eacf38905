"""What changed against a base, as plain rows: the report knows nothing of how it was found out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One change in a sentence that people read."""

    weight: str
    """A word such as `gained`, `lost`, `weaker`, `stronger`, `changed`."""
    topic: str
    """What it concerns: `access`, `sign-in`, `vendors` ..."""
    text: str


@dataclass(frozen=True)
class ChangeSection:
    """Everything that changed. `base` is what it was compared with, as the user named it."""

    base: str
    rows: tuple[Change, ...]
