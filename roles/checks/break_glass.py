"""Emergency access is short, approved by two roles, and by nobody who could ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "break-glass"
TITLE = "Emergency access is approved and short"
CITATIONS = ("164.312(a)(2)(ii)", "164.308(a)(7)(ii)(C)")

APPROVERS = 2
"""Roles that may approve: one may be unreachable in an emergency."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Too few approvers; officers in one hand."""
    policy = catalogue.access_policy
    if len(set(policy.break_glass.approvers)) < APPROVERS:
        yield finding(
            catalogue,
            policy,
            ("break_glass", "approvers"),
            code=ID,
            message="only one role may approve break-glass, and it may be out of reach in an emergency",
            remedy="name two",
            citations=CITATIONS,
        )
    if policy.reviews.reviewer == policy.reviews.fallback_reviewer:
        yield finding(
            catalogue,
            policy,
            ("reviews", "fallback_reviewer"),
            code=ID,
            message=f"`{policy.reviews.reviewer}` stands in for itself as reviewer",
            remedy="name another fallback",
            severity="input",
        )
