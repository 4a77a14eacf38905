"""An exception is approved by a role that may, for a year at most, and ends on its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "exception-terms"
TITLE = "Exceptions are approved and end"
CITATIONS = ("164.306(d)(3)", "164.316(b)(1)")
CODES = (ID, "exception-expired", "exception-approver")

YEAR_DAYS = 366


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Exceptions that have ended, not begun, last too long, or were approved by the wrong role.

    None of them lifts anything, and none of these findings can be lifted.
    """
    approvers = catalogue.access_policy.exception_approvers
    for record in catalogue.exceptions.values():
        faults: list[tuple[str, str, str, str]] = []
        if record.expires < record.approved:
            yield finding(
                catalogue,
                record,
                ("expires",),
                code=ID,
                message=f"exception `{record.id}` ends on {record.expires}, before its approval on "
                f"{record.approved}",
                remedy="correct one of the dates",
                severity="input",
            )
        elif as_of > record.expires:
            faults.append(
                (
                    "expires",
                    "exception-expired",
                    f"ended on {record.expires}: it no longer lifts `{record.lifts.rule}` for "
                    f"`{record.lifts.subject}`",
                    "remove the exception and repair the cause, or have it approved again with a new date",
                )
            )
        elif (record.expires - record.approved).days > YEAR_DAYS:
            faults.append(
                (
                    "expires",
                    ID,
                    f"runs from {record.approved} to {record.expires}, longer than a year",
                    "write a date within a year of the approval, and review it then",
                )
            )
        if record.approved > as_of:
            faults.append(
                (
                    "approved",
                    ID,
                    f"is approved on {record.approved}, still to come",
                    "write the day of approval",
                )
            )
        if record.approver not in approvers:
            faults.append(
                (
                    "approver",
                    "exception-approver",
                    f"is approved by `{record.approver}`, who may not approve exceptions",
                    f"have one of these approve it: {', '.join(approvers)}",
                )
            )
        elif record.lifts.subject == f"role:{record.approver}":
            faults.append(
                (
                    "approver",
                    "exception-approver",
                    "is approved by the role that it favours",
                    "have another approver decide",
                )
            )
        for field, code, message, remedy in faults:
            yield finding(
                catalogue,
                record,
                (field,),
                code=code,
                message=f"exception `{record.id}` {message}",
                remedy=remedy,
                citations=CITATIONS,
                liftable=False,
            )
