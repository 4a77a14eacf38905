"""Agreements hold every term that they must, and leave time for the client's own notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import served, vendors_for
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vendor import BaaTerms
from billing_identity.roles.problems import Problem

ID = "baa-terms"
TITLE = "Agreements hold every term that they must"
CITATIONS = ("164.504(e)(2)(ii)(C)", "164.314(a)(2)(i)(A)", "164.314(a)(2)(iii)", "164.410(b)")
CODES = (ID, "baa-subcontractor", "breach-clock")

OUTER_LIMIT_HOURS = 60 * 24
"""164.410(b): sixty days, counted from when an agent of ours knew."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Terms that are false, subcontractors without agreement, clocks that add up to more than sixty days."""
    for vendor in catalogue.vendors.values():
        if vendor.baa is None:
            continue
        for name in BaaTerms.model_fields:
            if getattr(vendor.baa.terms, name) is not True:
                yield finding(
                    catalogue,
                    vendor,
                    ("baa", "terms", name),
                    code=ID,
                    message=f"the agreement with `{vendor.id}` lacks the term {name.replace('_', ' ')}",
                    remedy="amend the agreement; until then an exception needs a compensating control",
                    citations=CITATIONS[:3],
                )
        if vendor.business_associate:
            for index, party in enumerate(vendor.subcontractors):
                if not party.baa_in_place:
                    yield finding(
                        catalogue,
                        vendor,
                        ("subcontractors", index, "baa_in_place"),
                        code="baa-subcontractor",
                        message=f"`{vendor.id}` passes PHI to `{party.name}` without an agreement of its own",
                        remedy="have the vendor bind its subcontractor, or keep our data from it",
                        citations=("164.314(a)(2)(iii)", "164.504(e)(2)(ii)(D)"),
                        liftable=False,
                    )
    seen: set[tuple[str, str]] = set()
    for client in served(catalogue):
        for _, vendor in vendors_for(catalogue, client):
            if vendor.baa is None or (vendor.id, client.id) in seen:
                continue
            seen.add((vendor.id, client.id))
            total = vendor.baa.breach_notice_hours + client.notice.breach_hours
            if total > OUTER_LIMIT_HOURS:
                yield finding(
                    catalogue,
                    vendor,
                    ("baa", "breach_notice_hours"),
                    code="breach-clock",
                    message=f"`{vendor.id}` may take {vendor.baa.breach_notice_hours} hours to "
                    f"report and our "
                    f"notice to client `{client.id}` {client.notice.breach_hours} more: "
                    f"{total} hours, the outer limit is {OUTER_LIMIT_HOURS}",
                    remedy="agree on shorter clocks",
                    citations=("164.410(b)", "164.404(a)(2)"),
                )
