"""Emergency access is short, approved by two roles, and by nobody who could ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, listed
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "break-glass"
TITLE = "Emergency access is approved and short"
CITATIONS = ("164.312(a)(2)(ii)", "164.308(a)(7)(ii)(C)")

APPROVERS = 2
"""Roles that may approve: one may be unreachable in an emergency."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Too few approvers; a requested role with looser terms than the policy's; officers in one hand."""
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
    yield from _role(catalogue)
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


def _role(catalogue: Catalogue) -> Iterator[Problem]:
    terms = catalogue.access_policy.break_glass
    role = catalogue.roles[terms.role]

    def fault(path: Steps, message: str, remedy: str) -> Problem:
        return finding(
            catalogue,
            role,
            path,
            code=ID,
            message=message,
            remedy=remedy,
            citations=CITATIONS,
            liftable=False,
        )

    if role.assignment is not Assignment.REQUEST or role.request is None:
        yield finding(
            catalogue,
            catalogue.access_policy,
            ("break_glass", "role"),
            code=ID,
            message=f"nobody asks for the break-glass role `{role.id}`: nobody approves it and it never ends",
            remedy="name a role with `assignment: request`",
            severity="input",
            citations=CITATIONS,
        )
        return
    if role.request.max_hours > terms.max_hours:
        yield fault(
            ("request", "max_hours"),
            f"the break-glass role `{role.id}` lasts {role.request.max_hours} hours, and the access policy's "
            f"`break_glass.max_hours` is {terms.max_hours}",
            f"write at most {terms.max_hours}",
        )
    for index, approver in enumerate(role.request.approvers):
        if approver not in terms.approvers:
            yield fault(
                ("request", "approvers", index),
                f"the break-glass role `{role.id}` may be approved by `{approver}`, whom the access policy's "
                "`break_glass.approvers` does not name",
                f"name {listed(terms.approvers)}",
            )
    if not role.privileged:
        yield fault(
            ("privileged",),
            f"the break-glass role `{role.id}` is not privileged, so its sign-in is that of anybody",
            "write `privileged: true`",
        )
