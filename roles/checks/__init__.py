"""Checks of a catalogue: one file a check. Adding a file adds the check.

A check is a module with `ID` (its file name with hyphens), `TITLE`, `CITATIONS` and
`check(catalogue, as_of)`, which yields problems. It may use further codes, which it lists in `CODES`.
Checks of separation of duties report under the id of the violated rule.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module

from billing_identity.roles.checks import lifting
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.partial import certain
from billing_identity.roles.problems import Problem, sort_key

HELPERS = frozenset({"finding", "reach", "lifting"})
"""Modules of this package that are not checks."""


@dataclass(frozen=True)
class Check:
    """One check: its id, what it sees to, where the demand comes from, the codes it reports under."""

    id: str
    title: str
    citations: tuple[str, ...]
    codes: tuple[str, ...]
    run: Callable[[Catalogue, date], Iterator[Problem]]


@lru_cache(maxsize=1)
def checks() -> tuple[Check, ...]:
    """Every check, in order of id."""
    found: list[Check] = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda item: item.name):
        if module.name in HELPERS:
            continue
        loaded = import_module(f"{__name__}.{module.name}")
        expected = module.name.replace("_", "-")
        if expected != loaded.ID:
            raise ImportError(f"{loaded.__file__}: ID is {loaded.ID!r}, the file name says {expected!r}")
        codes: tuple[str, ...] = getattr(loaded, "CODES", (loaded.ID,))
        found.append(Check(loaded.ID, loaded.TITLE, tuple(loaded.CITATIONS), codes, loaded.check))
    return tuple(found)


def check_codes() -> frozenset[str]:
    """Every code under which a check reports; separation-of-duties rules and the loader's codes left out."""
    return frozenset(code for check in checks() for code in check.codes) | {
        "exception-rule",
        "exception-unused",
    }


def known_codes(catalogue: Catalogue) -> frozenset[str]:
    """What an exception of this catalogue may lift, policy packs left out: codes of checks and rule ids."""
    return check_codes() | {rule.id for rule in catalogue.access_policy.separation_of_duties}


def run_checks(
    catalogue: Catalogue,
    as_of: date,
    *,
    environment: str = "prod",
    known_rules: frozenset[str] = frozenset(),
) -> list[Problem]:
    """All problems of a catalogue on a day, sorted by place; lifted ones are marked, never left out.

    `environment` selects the exceptions that hold; `known_rules` are the ids of the policy packs' rules, so
    that an exception for a rule that nobody knows is an error. Without them it is a notice. Of a catalogue
    that is not whole, the problems that there are however its faults are corrected.
    """
    raw = [problem for check in checks() for problem in certain(check.run(catalogue, as_of))]
    problems = list(lifting.lift(catalogue, raw, as_of, environment))
    problems += certain(_of_exceptions(catalogue, problems, as_of, environment, known_rules))
    return sorted(problems, key=sort_key)


def _of_exceptions(
    catalogue: Catalogue,
    problems: list[Problem],
    as_of: date,
    environment: str,
    known_rules: frozenset[str],
) -> Iterator[Problem]:
    here = known_codes(catalogue)
    yield from lifting.unknown_rules(catalogue, here, known_rules)
    if catalogue.whole:  # else what an exception lifts may not have been found
        yield from lifting.unused(catalogue, problems, here, as_of, environment)


CHECK_IDS: frozenset[str] = check_codes()
"""Every code that an exception may name besides separation-of-duties rules and rules of the policy packs."""
