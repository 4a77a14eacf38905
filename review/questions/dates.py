"""What ends soon, and what nobody uses."""

from __future__ import annotations

import re
from datetime import date, timedelta

from billing_identity.review.diff.names import counted
from billing_identity.review.diff.state import View
from billing_identity.review.questions.answer import Answer, Line, QuestionError
from billing_identity.review.questions.terms import terms_of
from billing_identity.roles.checks import unused as unused_check
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.settings import Settings

_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST = 3_660
"""Days of the longest term that can be asked for."""


def days_of(text: str) -> int:
    """`30d`, `6w`, `2m` (of 30 days), `1y` or a bare number of days. Raises QuestionError."""
    found = re.fullmatch(r"([0-9]{1,5})([dwmy]?)", text.strip())
    days = int(found[1]) * _UNITS[found[2] or "d"] if found else -1
    if not 0 <= days <= LONGEST:
        raise QuestionError(f"`{text[:40]}` is no term: write for example 30d, 6w or 3m, ten years at most")
    return days


def expiring(catalogue: Catalogue, view: View, within: str, settings: Settings | None = None) -> Answer:
    """Everything dated that ends in a term from the view's day on, and what has ended already, by date.

    `settings` are the deployment's, where there are some: they have a date of their own.
    """
    today = view.as_of
    last = today + timedelta(days=days_of(within))
    dated = sorted(terms_of(catalogue, view, settings), key=lambda item: (item[0], item[1].text))

    def lines(first: date, until: date) -> tuple[Line, ...]:
        return tuple(
            Line(f"{day}  {line.text}", line.reasons, {"date": day.isoformat(), **(line.data or {})})
            for day, line in dated
            if first <= day <= until
        )

    soon, over = lines(today, last), lines(date.min, today - timedelta(days=1))
    summary = f"{counted(len(soon), 'term')} end by {last}; {len(over)} ended before {today}"
    return Answer(f"expiring --within {within}", summary, (("Ends soon", soon), ("Ended", over)))


def unused(catalogue: Catalogue, view: View) -> Answer:
    """What nobody holds or uses: entitlements, systems, vendors without a system, job codes without a role,
    training for nobody. Whether people use what they hold is not known here: no log is read."""
    found = [
        Line(problem.message, (problem.remedy,), {"subject": problem.subject})
        for problem in unused_check.check(catalogue, view.as_of)
    ]
    serving = {system.vendor for system in catalogue.systems.values()}
    flows = {flow.vendor for system in catalogue.systems.values() for flow in system.flows}
    vendors = [
        Line(f"vendor {vendor.title} has no system and no flow", (), {"subject": f"vendor:{vendor.id}"})
        for vendor in catalogue.vendors.values()
        if vendor.id not in serving | flows
    ]
    codes = [
        Line(
            f"job code {code} ({title}) gives nothing and may ask for nothing",
            (),
            {"subject": f"job-code:{code}"},
        )
        for code, title in catalogue.access_policy.hr.job_codes.items()
        if not view.people(code)
    ]
    groups = (
        ("Entitlements and systems", tuple(found)),
        ("Vendors", tuple(vendors)),
        ("Job codes", tuple(codes)),
    )
    total = sum(len(lines) for _, lines in groups)
    return Answer("unused", f"{counted(total, 'thing')} that nobody uses", groups)
