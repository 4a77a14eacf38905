"""A change moves the rollout of stricter sign-in by one ring at most, on the day of the change or later.

The check `ring-order` sees to the order and the days within one catalogue; only two of them show whether days
were filled in for rings in which nothing had been enforced.
"""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.checks.ring_order import CITATIONS
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "ring-jump"


def jumps(base: Catalogue | None, head: Catalogue | None) -> Iterator[Problem]:
    """Two rings or more that a change begins to enforce at once. Without a base nothing moves."""
    if base is None or head is None:
        return
    before, policy = base.access_policy.enforced_since, head.access_policy
    begun = [ring for ring in policy.rings if ring in policy.enforced_since and ring not in before]
    if len(begun) > 1:
        yield finding(
            head,
            policy,
            ("enforced_since", str(begun[-1])),
            code=ID,
            message=f"the rings {spoken(begun)} are enforced by one change: the rollout skips a ring",
            remedy=f"enforce `{begun[0]}` alone, and the next one {policy.ring_soak_days} days later",
            citations=CITATIONS,
            liftable=False,
        )
