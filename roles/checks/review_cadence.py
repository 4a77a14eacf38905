"""Access is certified as often as the data asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import holds_ephi, roles_by_system
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Cadence
from billing_identity.roles.problems import Problem

ID = "review-cadence"
TITLE = "Access is certified often enough"
CITATIONS = ("164.308(a)(4)(ii)(C)", "164.308(a)(3)(ii)(B)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """A policy that is slower than quarterly where it may not be; systems slower than the policy."""
    policy = catalogue.access_policy
    reviews = policy.reviews
    for field in ("high_risk_roles", "ephi_systems", "vendor_users"):
        cadence: Cadence = getattr(reviews, field)
        if cadence.months > Cadence.QUARTERLY.months:
            yield finding(
                catalogue,
                policy,
                ("reviews", field),
                code=ID,
                message=f"the access policy reviews {field.replace('_', ' ')} {cadence.value}",
                remedy="write quarterly or monthly",
                citations=CITATIONS,
            )
    outside = {role.id for role in catalogue.roles.values() if role.vendor_staff}
    reached = roles_by_system(catalogue, as_of)
    for system in catalogue.systems.values():
        limit, why = (
            (reviews.ephi_systems, "it holds ePHI")
            if holds_ephi(system)
            else (reviews.other_systems, "any system")
        )
        if outside & set(reached.get(system.id, ())) and reviews.vendor_users.months < limit.months:
            limit, why = reviews.vendor_users, "vendor staff reach it"
        if system.review.months > limit.months:
            yield finding(
                catalogue,
                system,
                ("review",),
                code=ID,
                message=f"access to `{system.id}` is certified {system.review.value}; "
                f"the access policy says {limit.value} ({why})",
                remedy=f"write `review: {limit.value}`",
                citations=CITATIONS,
            )
        local = system.identity.local_accounts
        if local is not None and local.access_list_review.months > Cadence.QUARTERLY.months:
            yield finding(
                catalogue,
                system,
                ("identity", "local_accounts", "access_list_review"),
                code=ID,
                message=f"the user list of `{system.id}` is compared {local.access_list_review.value}; "
                "nothing else ends its accounts",
                remedy="write quarterly or monthly",
                citations=CITATIONS,
            )
