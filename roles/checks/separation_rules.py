"""Separation-of-duties rules have two sides that mean something, and ids of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles import checks
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.citations.registry import known
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem
from billing_identity.roles.separation import sides

ID = "separation-rules"
TITLE = "Separation-of-duties rules have two sides"
CITATIONS = ("164.308(a)(4)(ii)(B)",)
CODES = (ID, "separation-rule-idle")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Empty or overlapping sides, ids used twice, unknown citations; rules that reach nothing (notice)."""
    seen: set[str] = set()
    taken = checks.check_codes()
    for index, side in enumerate(sides(catalogue)):
        rule = side.rule
        for name, duty in (("left", rule.left), ("right", rule.right)):
            if not duty.entitlements and not duty.risks:
                yield _input(catalogue, index, name, f"the {name} side of rule `{rule.id}` names nothing")
        for place, text in enumerate(rule.citations):
            if not known(text):
                yield finding(
                    catalogue,
                    catalogue.access_policy,
                    ("separation_of_duties", index, "citations", place),
                    code=ID,
                    message=f"rule `{rule.id}` cites `{text}`, which is no known paragraph or control",
                    remedy="write it as the registry in roles/citations does, such as 164.308(a)(4)(ii)(B)",
                    severity="input",
                )
        if both := sorted(side.left & side.right):
            yield _input(catalogue, index, "right", f"`{both[0]}` stands on both sides of rule `{rule.id}`")
        if rule.id in seen or rule.id in taken:
            yield _input(catalogue, index, "id", f"the id `{rule.id}` is used twice")
        seen.add(rule.id)
        if (rule.left.risks or rule.left.entitlements) and (rule.right.risks or rule.right.entitlements):
            for name, members in (("left", side.left), ("right", side.right)):
                if not members:
                    yield finding(
                        catalogue,
                        catalogue.access_policy,
                        ("separation_of_duties", index, name),
                        code="separation-rule-idle",
                        message=f"no entitlement has a tag of the {name} side of rule `{rule.id}`",
                        remedy="tag the entitlements that the rule is about",
                        severity="notice",
                    )


def _input(catalogue: Catalogue, index: int, field: str, message: str) -> Problem:
    return finding(
        catalogue,
        catalogue.access_policy,
        ("separation_of_duties", index, field),
        code=ID,
        message=message,
        remedy="name entitlements or risk tags that only this side has"
        if field != "id"
        else "give the rule an id of its own",
        severity="input",
    )
