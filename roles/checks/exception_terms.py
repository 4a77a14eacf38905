"""An exception is approved by a role that may, for a year at most, and ends on its day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.problems import Problem, Severity
from billing_identity.roles.yaml_tree import Steps

ID = "exception-terms"
TITLE = "Exceptions are approved and end"
CITATIONS = ("164.306(d)(3)", "164.316(b)(1)")
CODES = (ID, "exception-expired", "exception-approver")

YEAR_DAYS = 366


@dataclass(frozen=True)
class Fault:
    """What is wrong with one exception, at `path` in it."""

    path: Steps
    code: str
    message: str
    remedy: str
    severity: Severity = "policy"


def faults(record: ExceptionRecord, as_of: date, approvers: Collection[str] | None) -> Iterator[Fault]:
    """The faults of one exception on a day. `approvers`: roles that may approve; None where nobody knows."""
    if record.expires < record.approved:
        message = f"ends on {record.expires}, before its approval on {record.approved}"
        yield Fault(("expires",), ID, message, "correct one of the dates", "input")
    elif as_of > record.expires:
        yield Fault(
            ("expires",),
            "exception-expired",
            f"ended on {record.expires}: it no longer lifts `{record.lifts.rule}` for "
            f"`{record.lifts.subject}`",
            "remove the exception and repair the cause, or have it approved again with a new date",
        )
    elif (record.expires - record.approved).days > YEAR_DAYS:
        yield Fault(
            ("expires",),
            ID,
            f"runs from {record.approved} to {record.expires}, longer than a year",
            "write a date within a year of the approval, and review it then",
        )
    if record.approved > as_of:
        message = f"is approved on {record.approved}, still to come"
        yield Fault(("approved",), ID, message, "write the day of approval")
    if approvers is not None and record.approver not in approvers:
        yield Fault(
            ("approver",),
            "exception-approver",
            f"is approved by `{record.approver}`, who may not approve exceptions",
            f"have one of these approve it: {', '.join(approvers)}",
        )
    elif record.lifts.subject == f"role:{record.approver}":
        yield Fault(
            ("approver",),
            "exception-approver",
            "is approved by the role that it favours",
            "have another approver decide",
        )


def problem(
    catalogue: Catalogue, record: ExceptionRecord, fault: Fault, citations: tuple[str, ...]
) -> Problem:
    """The fault at its place in the catalogue. What is badly written is not lifted, but written well."""
    input_ = fault.severity == "input"
    return finding(
        catalogue,
        record,
        fault.path,
        code=fault.code,
        message=f"exception `{record.id}` {fault.message}",
        remedy=fault.remedy,
        severity=fault.severity,
        citations=() if input_ else citations,
        liftable=input_,
    )


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Exceptions that have ended, not begun, last too long, or were approved by the wrong role.

    None of them lifts anything, and none of these findings can be lifted.
    """
    for record in catalogue.exceptions.values():
        for fault in faults(record, as_of, catalogue.access_policy.exception_approvers):
            yield problem(catalogue, record, fault, CITATIONS)
