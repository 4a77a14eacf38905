"""The exceptions that a run was given: what is wrong with them, and which of them hold.

The catalogue's own checks judge those of the pack's settings too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from billing_identity.policies.framework.faults import Fault
from billing_identity.policies.framework.rule import Rule
from billing_identity.policies.framework.settings import SETTINGS_POLICY, PackSettings
from billing_identity.roles.checks import exception_target, exception_terms
from billing_identity.roles.checks.lifting import holds
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.yaml_tree import Steps


def exceptions_of(settings: PackSettings, catalogue: Catalogue | None) -> tuple[ExceptionRecord, ...]:
    """All exceptions of a run: the catalogue's, then those of the pack's settings."""
    return (*(catalogue.exceptions.values() if catalogue is not None else ()), *settings.exceptions)


def idle(record: ExceptionRecord, settings: PackSettings, catalogue: Catalogue | None, today: date) -> str:
    """Why an exception lifts nothing in this run; empty when it may lift."""
    if settings.environment not in record.lifts.environments:
        return f"is for {', '.join(record.lifts.environments)}"
    for day in (settings.day, today):
        if not holds(record, day, settings.environment, _approvers(catalogue)):
            return f"does not hold on {day} (approved {record.approved}, until {record.expires})"
    return ""


def exception_faults(
    settings: PackSettings, catalogue: Catalogue | None, rules: Mapping[str, Rule]
) -> Iterator[Fault]:
    """What is wrong with exceptions whatever the day. A run with such an exception fails."""
    duties = catalogue.access_policy.separation_of_duties if catalogue is not None else ()
    rigid = {rule.id for rule in (*rules.values(), *duties) if not rule.liftable}
    known = {*rules, *(rule.id for rule in duties)}
    ids = {*catalogue.exceptions} if catalogue is not None else set[str]()

    def fault(record: ExceptionRecord, path: Steps, text: str) -> Fault:
        return _fault(settings, catalogue, record, path, text)

    records = exceptions_of(settings, catalogue)
    for record in records:
        for found in exception_terms.faults(record, record.approved, _approvers(catalogue)):
            yield fault(record, found.path, f"{found.message}; {found.remedy}")
    subjects = exception_target.known_subjects(catalogue) if catalogue is not None else frozenset[str]()
    for record, found in exception_target.faults(records, subjects, rigid):
        lonely = catalogue is None and found.path == ("lifts", "subject")
        remedy = "without a catalogue write a resource's URN" if lonely else found.remedy
        yield fault(record, found.path, f"{found.message}; {remedy}")
    for record in settings.exceptions:
        if record.id in ids:
            yield fault(record, ("id",), "has the id of another; give it one of its own")
        ids.add(record.id)
        if record.lifts.rule not in known:
            text = f"is to lift `{record.lifts.rule}`, which is no rule of this pack; write the id of one"
            yield fault(record, ("lifts", "rule"), text)


def missing_subjects(
    settings: PackSettings, catalogue: Catalogue | None, urns: Collection[str]
) -> Iterator[Fault]:
    """Exceptions for resources of these stacks, by their URNs, that the stacks don't have.

    `urns`: those of all their resources. An exception for nothing is misspelt, or waits for whoever takes
    the name next.
    """
    here = tuple({"::".join(urn.split("::", 2)[:2]) + "::" for urn in urns})
    for record in exceptions_of(settings, catalogue):
        subject = record.lifts.subject
        if subject.startswith(here) and subject not in urns:
            text = f"is for {subject}, which the stack does not have; correct or remove it"
            yield _fault(settings, catalogue, record, ("lifts", "subject"), text)


def _fault(
    settings: PackSettings, catalogue: Catalogue | None, record: ExceptionRecord, path: Steps, text: str
) -> Fault:
    """A fault at the exception's place: in the settings, or in the catalogue, whose file the line names."""
    said = f"exception `{record.id}` {text}"
    for index, own in enumerate(settings.exceptions):
        if own is record:
            return Fault((SETTINGS_POLICY, "exceptions", index, *path), said)
    where = f"{catalogue.locate(record, path)}: " if catalogue is not None else ""
    return Fault((SETTINGS_POLICY, "catalogue"), f"{where}{said}")


def _approvers(catalogue: Catalogue | None) -> tuple[str, ...] | None:
    return catalogue.access_policy.exception_approvers if catalogue is not None else None
