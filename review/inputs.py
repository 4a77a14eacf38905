"""What commands have in common: the date, the catalogue with its checks, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from billing_identity.policies.framework.registry import rules
from billing_identity.review.diff import guards
from billing_identity.roles.checks import run_checks
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem, sort_key


@dataclass(frozen=True)
class Checked:
    """A catalogue and everything that is to be said of it; None when it could not be loaded.

    `known` is what could be read all the same (see `roles.partial`); None without a folder.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    known: Catalogue | None = None


def check_catalogue(folder: Path, as_of: date, environment: str) -> Checked:
    """Loads a catalogue and runs every check on it; of a faulty one, on what is known all the same."""
    loaded = load(folder)
    problems = list(loaded.problems)
    if loaded.known is not None:
        rules_known = frozenset(rule.id for rule in rules()) | guards.RULES
        problems += run_checks(loaded.known, as_of, environment=environment, known_rules=rules_known)
    return Checked(loaded.catalogue, tuple(sorted(problems, key=sort_key)), loaded.known)
