"""Requested roles last no longer than the policy allows, and name rules that exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "request-terms"
TITLE = "Requested roles end within the policy's limit"
CITATIONS = ("164.308(a)(4)(ii)(B)", "164.308(a)(3)(ii)(C)")
CODES = (ID, "acknowledged-conflict")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Terms longer than `request_max_hours`; acknowledged rules that don't exist or can't be acknowledged."""
    policy = catalogue.access_policy
    rules = {rule.id: rule for rule in policy.separation_of_duties}
    for role in catalogue.roles.values():
        if role.request is None:
            continue
        if role.request.max_hours > policy.request_max_hours:
            yield finding(
                catalogue,
                role,
                ("request", "max_hours"),
                code=ID,
                message=f"role `{role.id}` may be held for {role.request.max_hours} hours at a time, "
                f"the access policy allows {policy.request_max_hours}",
                remedy=f"write at most {policy.request_max_hours}",
                citations=CITATIONS,
            )
        for index, name in enumerate(role.request.acknowledged_conflicts):
            if name in rules and rules[name].liftable:
                continue
            yield finding(
                catalogue,
                role,
                ("request", "acknowledged_conflicts", index),
                code="acknowledged-conflict",
                message=f"role `{role.id}` acknowledges `{name}`, "
                + ("which can't be lifted" if name in rules else "which is no separation-of-duties rule"),
                remedy="remove it" if name in rules else "write the id of a rule of the access policy",
                severity="input",
            )
