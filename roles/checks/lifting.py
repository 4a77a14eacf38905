"""Exceptions at work: which problems they lift on a day in an environment, and which of them lift nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from billing_identity.roles.checks.exception_terms import faults
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.partial import KnownEntries, NotKnownError, certain
from billing_identity.roles.problems import Problem


def holds(record: ExceptionRecord, as_of: date, environment: str, approvers: Collection[str] | None) -> bool:
    """Whether an exception lifts anything on a day: nothing is wrong with it (see `exception_terms.faults`),
    and it is written for this environment."""
    return environment in record.lifts.environments and not any(faults(record, as_of, approvers))


def valid(catalogue: Catalogue, record: ExceptionRecord, as_of: date, environment: str) -> bool:
    """Whether an exception of this catalogue lifts anything on a day in an environment."""
    return holds(record, as_of, environment, catalogue.access_policy.exception_approvers)


def lift(
    catalogue: Catalogue, problems: Iterable[Problem], as_of: date, environment: str
) -> Iterator[Problem]:
    """The problems; each policy problem that a valid exception covers comes back with `lifted_by` set.

    Without those that an exception may cover of which that is not known, in a catalogue that is not whole.
    """
    exceptions: dict[tuple[str, str], str] = {}
    doubtful: list[ExceptionRecord] = []
    unread = isinstance(catalogue.exceptions, KnownEntries)
    for record in reversed(list(certain(catalogue.exceptions.values()))):
        try:
            if valid(catalogue, record, as_of, environment):
                exceptions[record.lifts.rule, record.lifts.subject] = record.id
        except NotKnownError:
            doubtful.append(record)
    for problem in problems:
        exception = exceptions.get((problem.code, problem.subject))
        if problem.severity != "policy" or not problem.liftable:
            yield problem
        elif exception is not None:
            yield problem.lifted(exception)
        elif not unread and not any(_may_cover(catalogue, record, problem) for record in doubtful):
            yield problem


def _may_cover(catalogue: Catalogue, record: ExceptionRecord, problem: Problem) -> bool:
    """Whether an exception that is not known whole may be one for this problem: its file names the code."""
    try:
        return record.lifts.rule == problem.code and record.lifts.subject == problem.subject
    except NotKnownError:
        file = catalogue.root / catalogue.locate(record).file
        return problem.code in file.read_text(encoding="utf-8", errors="replace")


def unknown_rules(
    catalogue: Catalogue, here: Collection[str], elsewhere: Collection[str]
) -> Iterator[Problem]:
    """Exceptions that name a rule which nobody knows.

    `here` are the ids that the catalogue's own checks use, `elsewhere` those of the policy packs, given by
    the caller. Without the latter a name can't be judged: it is reported as a notice, and lifts nothing here.
    """
    for record in catalogue.exceptions.values():
        rule = record.lifts.rule
        if rule in here or rule in elsewhere:
            continue
        yield finding(
            catalogue,
            record,
            ("lifts", "rule"),
            code="exception-rule",
            message=f"exception `{record.id}` lifts `{rule}`, which is no check and no "
            f"separation-of-duties rule" + ("" if not elsewhere else ", and no rule of the policy packs"),
            remedy="write the id that the finding shows"
            if elsewhere
            else "nothing to do if it is a policy pack's rule; the preview judges that",
            severity="input" if elsewhere else "notice",
        )


def unused(
    catalogue: Catalogue,
    problems: Iterable[Problem],
    here: Collection[str],
    as_of: date,
    environment: str,
) -> Iterator[Problem]:
    """Valid exceptions for checks of the catalogue that lift nothing on this day in this environment.

    Exceptions for rules of the policy packs are left to the caller, which knows what those found.
    """
    lifting = {problem.lifted_by for problem in problems if problem.lifted_by is not None}
    for record in catalogue.exceptions.values():
        if (
            record.id not in lifting
            and record.lifts.rule in here
            and valid(catalogue, record, as_of, environment)
        ):
            yield finding(
                catalogue,
                record,
                ("lifts",),
                code="exception-unused",
                message=f"exception `{record.id}` lifts nothing: `{record.lifts.rule}` finds no fault in "
                f"`{record.lifts.subject}`",
                remedy="remove the exception",
                severity="notice",
            )
