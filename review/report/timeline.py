"""What runs and when it ends: exceptions, agreements, assessments, reports, credentials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from billing_identity.roles.checks.reach import later
from billing_identity.roles.model.catalogue import Catalogue

SOON_DAYS = 90
SPAN_DAYS = 730
"""The line shows a year before the day and a year after it."""


@dataclass(frozen=True)
class Span:
    """One thing that runs. `start` and `width` are thousandths of the line."""

    kind: str
    title: str
    begins: date
    ends: date
    state: str
    """`ended`, `soon` (within 90 days) or `running`."""
    start: int
    width: int


def timeline(catalogue: Catalogue, as_of: date) -> tuple[Span, ...]:
    """Everything with an end, what ends first on top."""
    first = later(as_of, -SPAN_DAYS // 2)

    def place(day: date) -> int:
        return max(0, min(1000, (day - first).days * 1000 // SPAN_DAYS))

    return tuple(
        Span(
            kind,
            title,
            begins,
            ends,
            "ended" if ends < as_of else "soon" if (ends - as_of).days <= SOON_DAYS else "running",
            place(begins),
            max(place(ends) - place(begins), 4),
        )
        for kind, title, begins, ends in sorted(
            _spans(catalogue, as_of), key=lambda item: (item[3], item[0], item[1])
        )
    )


def _spans(catalogue: Catalogue, as_of: date) -> Iterator[tuple[str, str, date, date]]:
    for record in catalogue.exceptions.values():
        yield "Exception", f"{record.lifts.rule} for {record.lifts.subject}", record.approved, record.expires
    for vendor in catalogue.vendors.values():
        if vendor.baa is not None:
            since = vendor.baa.reaffirmed or vendor.baa.signed
            yield "Agreement", vendor.title, since, vendor.baa.expires
        work = vendor.due_diligence
        last = max(
            item.assessed
            for item in (
                work.encryption,
                work.access_model,
                work.vulnerability_management,
                work.incident_response,
            )
        )
        yield "Assessment", vendor.title, last, work.next_due
        for report in work.reports:
            yield "Report", f"{vendor.title}: {report.kind}", report.issued, report.valid_until
    for client in catalogue.clients.values():
        if client.agreement.expires is not None:
            yield "Client's agreement", client.title, client.agreement.signed, client.agreement.expires
    for account in catalogue.service_accounts.values():
        yield (
            "Credential",
            account.title,
            account.rotated,
            account.rotated + timedelta(days=account.rotation_days),
        )
    fallback = catalogue.access_policy.sms_fallback
    if fallback is not None:
        yield "Text codes", fallback.group, as_of, date.fromisoformat(fallback.ends)
