"""Every addressable specification has the company's decision; none is left out by silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.citations.registry import registry
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.decision import Decision
from billing_identity.roles.problems import Problem

ID = "addressable-decisions"
TITLE = "Addressable specifications are decided, by somebody, until a day"
CITATIONS = ("164.306(d)(3)", "164.316(b)(1)")

LONGEST_DAYS = 732
"""Two years between reviews (convention: 164.306(e) says only that safeguards are reviewed)."""


def addressable() -> tuple[str, ...]:
    """Ids of the addressable specifications, in the registry's order."""
    return tuple(item.id for item in registry().values() if item.kind == "addressable")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Specifications without a decision or with two, and decisions that lack what they need."""
    wanted = addressable()
    by_specification: dict[str, list[Decision]] = {}
    for decision in catalogue.decisions.values():
        by_specification.setdefault(decision.specification, []).append(decision)
    for specification in wanted:
        if specification not in by_specification:
            yield finding(
                catalogue,
                catalogue.organisation,
                (),
                code=ID,
                message=f"nobody decided on the addressable specification {specification}",
                remedy="add a file to decisions/ with decision, reason, approver and review date",
                citations=(specification, *CITATIONS),
                liftable=False,
            )
    for decision in catalogue.decisions.values():
        for path, message, remedy in _faults(decision, wanted, by_specification, catalogue, as_of):
            yield finding(
                catalogue,
                decision,
                (path,),
                code=ID,
                message=f"decision `{decision.id}` {message}",
                remedy=remedy,
                citations=CITATIONS,
                liftable=False,
            )


def _faults(
    decision: Decision,
    wanted: tuple[str, ...],
    by_specification: dict[str, list[Decision]],
    catalogue: Catalogue,
    as_of: date,
) -> Iterator[tuple[str, str, str]]:
    if decision.specification not in wanted:
        yield (
            "specification",
            f"is about {decision.specification}, which is no addressable specification",
            "name one that the Security Rule marks as addressable; a required one is not decided upon",
        )
    elif by_specification[decision.specification][0] is not decision:
        yield (
            "specification",
            f"is the second on {decision.specification}",
            f"keep one; the other is `{by_specification[decision.specification][0].id}`",
        )
    if decision.decision != "implemented" and decision.substitute is None:
        yield (
            "decision",
            f"is {decision.decision} without `substitute`",
            "write the equivalent measure, or why none is reasonable, into `substitute`",
        )
    if decision.approver not in catalogue.access_policy.exception_approvers:
        yield (
            "approver",
            f"is approved by `{decision.approver}`",
            f"have it approved by {' or '.join(sorted(catalogue.access_policy.exception_approvers))}",
        )
    if decision.decided > as_of:
        yield "decided", f"is dated {decision.decided}, which is to come", "write the day of the decision"
    if as_of > decision.review:
        yield "review", f"was to be weighed again by {decision.review}", "weigh it again, and date it"
    elif not 0 < (decision.review - decision.decided).days <= LONGEST_DAYS:
        yield (
            "review",
            f"is to be weighed again on {decision.review}, not within two years of {decision.decided}",
            "write a day after the decision and within two years of it",
        )
