"""What is wrong with a pack's configuration: every fault at once, each at its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from billing_identity.roles.problems import Location
from billing_identity.roles.yaml_tree import Steps, Tree


@dataclass(frozen=True)
class Fault:
    """One fault: the keys and indexes that lead to it in the configuration, and what is wrong in one line.

    `place` is where it stands in the file, where the path does not tell.
    """

    path: Steps
    text: str
    place: Location | None = None


class SettingsError(Exception):
    """The pack's configuration can't be used. `problems`: one line a fault; the run must fail.

    `tree` is the file that it was read from; the lines then begin with file, line and column.
    """

    def __init__(self, faults: Iterable[Fault], tree: Tree | None = None) -> None:
        if tree is None:
            told = dict.fromkeys(fault.text for fault in faults)
        else:
            placed = sorted((fault.place or tree.locate(fault.path), fault.text) for fault in faults)
            told = dict.fromkeys(f"{place}: {text}" for place, text in placed)
        super().__init__("; ".join(told))
        self.problems = tuple(told)
