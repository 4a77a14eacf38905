"""Each use of emergency access ends within the limit and is reviewed in time, by somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from billing_identity.roles.checks.finding import finding, listed
from billing_identity.roles.model.break_glass_use import BreakGlassUse
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.moment import is_past, is_to_come, utc
from billing_identity.roles.problems import Problem, Severity
from billing_identity.roles.yaml_tree import Steps

ID = "break-glass-uses"
TITLE = "Each use of emergency access is reviewed in time, by somebody else"
CITATIONS = ("164.312(a)(2)(ii)", "164.308(a)(1)(ii)(D)")
CODES = (ID, "break-glass-review-overdue", "break-glass-review-due", "break-glass-too-long")

Fault = tuple[Steps, str, str]


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Uses with times that can't be, without reason, too long, approved or reviewed by the wrong role, and
    reviews that are due (a notice) or overdue.
    """
    for use in catalogue.break_glass_uses.values():
        wrong = list(_times(use, as_of))
        for fault in wrong:
            yield _problem(catalogue, use, fault, severity="input")
        for fault in _people(catalogue, use):
            yield _problem(catalogue, use, fault)
        for code, severity, fault in () if wrong else _limits(catalogue, use, as_of):
            yield _problem(catalogue, use, fault, code, severity)


def _problem(
    catalogue: Catalogue, use: BreakGlassUse, fault: Fault, code: str = ID, severity: Severity = "policy"
) -> Problem:
    path, message, remedy = fault
    return finding(
        catalogue,
        use,
        path,
        code=code,
        message=f"break-glass use `{use.id}` {message}",
        remedy=remedy,
        severity=severity,
        citations=CITATIONS,
        liftable=False,
    )


def _times(use: BreakGlassUse, as_of: date) -> Iterator[Fault]:
    moments: list[tuple[str, Steps, datetime]] = [("started", ("started",), use.started)]
    if use.ended is not None:
        moments.append(("ended", ("ended",), use.ended))
    if use.review is not None:
        moments.append(("reviewed", ("review", "on"), use.review.on))
    before = moments[0]
    for moment in moments:
        name, path, value = moment
        if value.tzinfo is None:
            yield path, f"says without a time zone when it {name}", "end it with Z or an offset"
        if is_to_come(value, as_of):
            yield path, f"{name} at {value.isoformat()}, a time to come", f"correct it: {as_of} or earlier"
        if utc(value) < utc(before[2]):
            yield path, f"{name} before it {before[0]}", "correct the times"
        before = moment
    if use.review is not None and use.ended is None:
        yield ("review",), "is reviewed and has not ended", "write `ended`, or take the review out"
    if use.incident is None and use.reason is None:
        yield (), "says neither for which incident nor why", "add `incident`, or `reason`"


def _people(catalogue: Catalogue, use: BreakGlassUse) -> Iterator[Fault]:
    terms = catalogue.access_policy.break_glass
    if use.approved_by not in terms.approvers:
        yield (
            ("approved_by",),
            f"was approved by `{use.approved_by}`, whom `break_glass.approvers` does not name",
            f"the approvers are {listed(terms.approvers)}: treat the use as an incident if none of them did",
        )
    request = catalogue.roles[terms.role].request
    eligible = set(request.eligible if request is not None else ())
    if use.review is not None and eligible.intersection(catalogue.roles[use.review.by].job_codes):
        yield (
            ("review", "by"),
            f"was reviewed by `{use.review.by}`, who may ask for emergency access himself",
            "let a role review it that may not",
        )
    if use.review is not None and use.review.by == use.approved_by:
        yield (
            ("review", "by"),
            f"was approved and reviewed by the same role `{use.review.by}`",
            "let another role review it",
        )


def _limits(catalogue: Catalogue, use: BreakGlassUse, as_of: date) -> Iterator[tuple[str, Severity, Fault]]:
    """A day is the finest that a check knows: what is due on it is overdue on the next."""
    terms = catalogue.access_policy.break_glass
    latest = use.started + timedelta(hours=terms.max_hours)
    if use.ended is None and is_past(latest, as_of):
        message = f"had to end by {latest.isoformat()}, and nothing says that it did"
        yield "break-glass-too-long", "policy", (("started",), message, "end it, and write `ended`")
    if use.ended is not None and use.ended > latest and use.review is None:
        message = f"lasted longer than the {terms.max_hours} hours of `break_glass.max_hours`"
        remedy = "review it, and say in the outcome why"
        yield "break-glass-too-long", "policy", (("ended",), message, remedy)
    due = use.review_due(terms)
    if use.review is None:
        late = is_past(due, as_of)
        message = f"{'was' if late else 'is'} to be reviewed by {due.isoformat()}" + (
            f", {terms.review_hours} hours after it, and was not" if late else ""
        )
        yield (
            "break-glass-review-overdue" if late else "break-glass-review-due",
            "policy" if late else "notice",
            ((), message, "review it, and write `review`: by whom, when, whether justified, the outcome"),
        )
