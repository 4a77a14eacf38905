"""What reading a property can give beside its value: it is unknown, malformed, or a list known in part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


class UndecidedError(Exception):
    """A rule needs a value that is not known yet. `path` names the property, `reason` says why."""

    def __init__(self, path: str, reason: str = "") -> None:
        super().__init__(path)
        self.path = path
        self.reason = reason or f"`{path}` is not known yet"


class MalformedError(Exception):
    """A property is there and can't be read as what it must be. Never a pass."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"`{path}` can't be read as {expected}")
        self.path = path
        self.message = f"`{path}` can't be read as {expected}"


@dataclass(frozen=True)
class Texts:
    """A list of texts. `complete` is False when at least one element is not known yet."""

    known: tuple[str, ...]
    complete: bool
    path: str

    def __iter__(self) -> Iterator[str]:
        """The known elements, in order."""
        return iter(self.known)

    def __bool__(self) -> bool:
        return bool(self.known) or not self.complete

    def all(self) -> tuple[str, ...]:
        """Every element; raises `UndecidedError` when one is not known yet."""
        if not self.complete:
            raise UndecidedError(self.path)
        return self.known

    def contains(self, *wanted: str) -> bool:
        """Whether every wanted text is among them; undecided when an unknown element might be it."""
        if set(wanted) <= set(self.known):
            return True
        if not self.complete:
            raise UndecidedError(self.path)
        return False
