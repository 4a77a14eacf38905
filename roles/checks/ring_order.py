"""The rollout enforces ring after ring: none is skipped, each stands for a while, and the last one comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "ring-order"
TITLE = "Rollout rings are enforced in order, each for a while before the next"
CITATIONS = ("164.308(a)(1)(ii)(B)", "164.312(d)")
CODES = (ID, "ring-overdue", "rollout-under-way")

LONGEST_DAYS = 180
"""Days that may pass between two rings: our own limit. A rollout that takes longer is none."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Rings enforced before an earlier one, too soon after it, or from a day to come."""
    policy = catalogue.access_policy
    since = policy.enforced_since

    def fault(ring: str, message: str, remedy: str, field: str = "enforced_since") -> Problem:
        return finding(
            catalogue,
            policy,
            (field, ring),
            code=ID,
            message=message,
            remedy=remedy,
            severity="input",
            citations=CITATIONS,
            liftable=False,
        )

    for ring, day in since.items():
        skipped = [earlier for earlier in policy.rings[: policy.rings.index(ring)] if earlier not in since]
        if skipped:
            yield fault(
                ring,
                f"ring `{ring}` is enforced since {day}, and `{skipped[0]}` before it never was: "
                "the rollout skips a ring",
                f"enforce `{skipped[0]}` first, and `{ring}` {policy.ring_soak_days} days later or more",
            )
        if day > as_of:
            yield fault(
                ring,
                f"ring `{ring}` is enforced since {day}, a day to come",
                f"write the day of the change that enforces it, {as_of} or earlier",
            )
    yield from _ends(catalogue, as_of, fault)
    dated = [ring for ring in policy.rings if ring in since]
    for earlier, later in pairwise(dict.fromkeys(dated)):
        first = since[earlier] + timedelta(days=policy.ring_soak_days)
        if since[later] < first:
            yield fault(
                later,
                f"ring `{later}` is enforced since {since[later]}, and `{earlier}` before it only since "
                f"{since[earlier]}",
                f"leave `{earlier}` {policy.ring_soak_days} days (`ring_soak_days`): enforce `{later}` on "
                f"{first} or later",
            )


def _ends(catalogue: Catalogue, as_of: date, fault: Callable[..., Problem]) -> Iterator[Problem]:
    """Rings to come without a last day, with one too far away, out of order, or past."""
    policy = catalogue.access_policy
    before, since = policy.enforced_ring, policy.enforced_since[policy.enforced_ring]
    for ring in policy.rings_to_come:
        last = policy.ring_deadlines.get(ring)
        first, latest = since + timedelta(days=policy.ring_soak_days), since + timedelta(days=LONGEST_DAYS)
        if last is None:
            yield fault(
                ring,
                f"ring `{ring}` is not enforced, and nothing says by when it will be: the rollout has no end",
                f"add `{ring}` to `ring_deadlines`, {latest} or earlier",
            )
            return
        if not first <= last <= latest:
            yield fault(
                ring,
                f"ring `{ring}` is to be enforced by {last}, and `{before}` before it "
                + (f"is since {since}" if before in policy.enforced_since else f"by {since}"),
                f"write a day from {first} to {latest}",
                "ring_deadlines",
            )
        elif last < as_of:
            yield finding(
                catalogue,
                policy,
                ("ring_deadlines", ring),
                code="ring-overdue",
                message=f"ring `{ring}` was to be enforced by {last}, and is not",
                remedy="enforce it: add the day to `enforced_since`",
                citations=CITATIONS,
                liftable=False,
            )
        else:
            yield finding(
                catalogue,
                policy,
                ("ring_deadlines", ring),
                code="rollout-under-way",
                message=f"ring `{ring}` of the rollout is not enforced yet; it is due by {last}",
                remedy=f"enforce it on {first} or later",
                severity="notice",
                citations=CITATIONS,
            )
        before, since = ring, last
