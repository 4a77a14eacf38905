"""The rollout enforces ring after ring: none is skipped, and each stands for a while before the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "ring-order"
TITLE = "Rollout rings are enforced in order, each for a while before the next"
CITATIONS = ("164.308(a)(1)(ii)(B)", "164.312(d)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Rings enforced before an earlier one, too soon after it, or from a day to come."""
    policy = catalogue.access_policy
    since = policy.enforced_since

    def fault(ring: str, message: str, remedy: str) -> Problem:
        return finding(
            catalogue,
            policy,
            ("enforced_since", ring),
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
