"""What ends soon, and what nobody uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from billing_identity.review.diff.names import Names, counted
from billing_identity.review.diff.state import View
from billing_identity.review.questions.answer import Answer, Line, QuestionError
from billing_identity.roles.checks import unused as unused_check
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.moment import utc

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


def expiring(catalogue: Catalogue, view: View, within: str) -> Answer:
    """Everything dated that ends in a term from the view's day on, and what has ended already, by date."""
    today = view.as_of
    last = today + timedelta(days=days_of(within))
    dated = sorted(_dates(catalogue, view), key=lambda item: (item[0], item[1].text))

    def lines(first: date, until: date) -> tuple[Line, ...]:
        return tuple(
            Line(f"{day}  {line.text}", line.reasons, {"date": day.isoformat(), **(line.data or {})})
            for day, line in dated
            if first <= day <= until
        )

    soon, over = lines(today, last), lines(date.min, today - timedelta(days=1))
    summary = f"{counted(len(soon), 'term')} end by {last}; {len(over)} ended before {today}"
    return Answer(f"expiring --within {within}", summary, (("Ends soon", soon), ("Ended", over)))


def _dates(catalogue: Catalogue, view: View) -> Iterator[tuple[date, Line]]:
    names = Names(view, view)
    for record in catalogue.exceptions.values():
        text = f"exception {record.id}: {record.lifts.rule} for {record.lifts.subject}"
        yield record.expires, Line(text, (record.reason,), {"subject": f"exception:{record.id}"})
    for vendor in catalogue.vendors.values():
        subject = {"subject": f"vendor:{vendor.id}"}
        if vendor.baa is not None:
            grace = f"access is withdrawn {vendor.baa.grace_days} days later"
            yield vendor.baa.expires, Line(f"agreement with {vendor.title}", (grace,), subject)
        yield vendor.due_diligence.next_due, Line(f"due diligence of {vendor.title}", (), subject)
        for report in vendor.due_diligence.reports:
            yield report.valid_until, Line(f"{report.kind} report of {vendor.title}", (), subject)
    for client in catalogue.clients.values():
        subject = {"subject": f"client:{client.id}"}
        if client.agreement.expires is not None and client.status != "closed":
            yield client.agreement.expires, Line(f"agreement with client {client.title}", (), subject)
        if client.offboarding is not None and client.status != "closed":
            yield client.offboarding.ends_on, Line(f"contract of client {client.title}", (), subject)
    for role in catalogue.roles.values():
        for grant in role.grants:
            if grant.expires is not None:
                text = f"grant {role.title}: {names.entitlement(grant.entitlement)} ({grant.entitlement})"
                yield grant.expires, Line(text, (grant.rationale,), {"subject": f"role:{role.id}"})
    for account in catalogue.service_accounts.values():
        due = account.rotated + timedelta(days=account.rotation_days)
        yield due, Line(f"credential of {account.title}", (), {"subject": f"service-account:{account.id}"})
    fallback = catalogue.access_policy.sms_fallback
    if fallback is not None:
        ends = date.fromisoformat(fallback.ends)
        yield ends, Line("text-code fallback", (fallback.reason,), {"subject": "access-policy:access-policy"})
    for ring in catalogue.access_policy.rings_to_come:
        if ring in catalogue.access_policy.ring_deadlines:
            text = f"ring {ring} of the rollout must be enforced"
            yield (
                catalogue.access_policy.ring_deadlines[ring],
                Line(text, (), {"subject": "access-policy:access-policy"}),
            )
    for use in catalogue.break_glass_uses.values():
        if use.review is None:
            text = f"review of break-glass use {use.id}"
            due = utc(use.review_due(catalogue.access_policy.break_glass)).date()
            yield due, Line(text, (use.reason or "",), {"subject": f"break-glass-use:{use.id}"})
    for incident in catalogue.incidents.values():
        if incident.closed is None:
            text = f"containment of {incident.id}"
            yield (
                incident.expires.date(),
                Line(text, (incident.summary,), {"subject": f"incident:{incident.id}"}),
            )


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
