"""A change moves the rollout of stricter sign-in by one ring at most, and forward only.

The check `ring-order` sees to the order and the days within one catalogue; only two of them show whether days
were filled in for rings in which nothing had been enforced, and whether one that was over is opened again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.review.diff.guards import lifted_by
from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.checks.ring_order import CITATIONS
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "ring-jump"
REOPENED = "ring-reopened"
"""Also the rule that an exception lifts, with the subject `access-policy:access-policy`: the way back when a
ring locks people out."""


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


def reopened(
    base: Catalogue | None, head: Catalogue | None, as_of: date, environment: str
) -> Iterator[Problem]:
    """Days of enforcement that a change takes back or rewrites, and deadlines that it moves out."""
    if base is None or head is None:
        return
    old, policy = base.access_policy, head.access_policy
    if lifted_by(head, REOPENED, ("access-policy:access-policy",), as_of, environment) is not None:
        return
    wrong = [
        (
            ("enforced_since",),
            f"ring `{ring}` was enforced since {day}, and the change says {now or 'nothing'}",
        )
        for ring, day in old.enforced_since.items()
        if ring in policy.rings and (now := policy.enforced_since.get(ring)) != day
    ]
    wrong += [
        (("ring_deadlines",), f"ring `{ring}` was due by {day}, and the change moves that to {now}")
        for ring, day in old.ring_deadlines.items()
        if (now := policy.ring_deadlines.get(ring)) is not None and now > day
    ]
    for path, message in wrong:
        yield finding(
            head,
            policy,
            path,
            code=REOPENED,
            message=message,
            remedy=f"leave it, or record a dated exception for rule {REOPENED}, subject "
            "access-policy:access-policy",
            citations=CITATIONS,
        )
