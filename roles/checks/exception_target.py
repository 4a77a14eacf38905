"""An exception names a subject that exists and a rule that can be lifted, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from billing_identity.roles.checks.finding import finding, kind_of
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "exception-target"
TITLE = "Exceptions lift something that exists and may be lifted"
CITATIONS = ("164.306(d)(3)",)

UNLIFTABLE = frozenset(
    {
        "baa-lapsed-flow",
        "baa-new-access",
        "baa-subcontractor",
        "business-associate",
        "client-agreement",
        "ephi-channel",
        "exception-approver",
        "exception-expired",
        "exception-terms",
        "growth",
        "incident-closure",
        "incident-plan",
        "incident-scope",
        "incidents",
        "no-persons",
        "no-secrets",
        "plain-text",
        "retention",
        "self-approval",
        "shared-credential",
    }
)
"""Codes whose findings nothing lifts: what the law leaves no room for, and what exceptions rest on."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Unknown subjects, rules that can't be lifted, and two exceptions for the same finding."""
    known = {f"{kind_of(entity)}:{entity.id}" for entity in catalogue.entities()}
    known |= {f"job-code:{code}" for code in catalogue.access_policy.hr.job_codes}
    rigid = UNLIFTABLE | {
        rule.id for rule in catalogue.access_policy.separation_of_duties if not rule.liftable
    }
    seen: dict[tuple[str, str, str], str] = {}
    for record in catalogue.exceptions.values():
        lifts = record.lifts
        if not lifts.subject.startswith("urn:") and lifts.subject not in known:
            close = get_close_matches(lifts.subject, sorted(known), n=1)
            yield finding(
                catalogue,
                record,
                ("lifts", "subject"),
                code=ID,
                message=f"exception `{record.id}` is for `{lifts.subject}`, which there is not",
                remedy=f"did you mean `{close[0]}`?" if close else "write the subject that the finding shows",
                severity="input",
            )
        if lifts.rule in rigid:
            yield finding(
                catalogue,
                record,
                ("lifts", "rule"),
                code=ID,
                message=f"exception `{record.id}` is to lift `{lifts.rule}`, which nothing lifts",
                remedy="remove the exception and repair the cause",
                citations=CITATIONS,
                liftable=False,
            )
        for index, environment in enumerate(lifts.environments):
            key = (lifts.rule, lifts.subject, environment)
            if key in seen:
                yield finding(
                    catalogue,
                    record,
                    ("lifts", "environments", index),
                    code=ID,
                    message=f"exceptions `{seen[key]}` and `{record.id}` lift the same rule for the "
                    f"same subject "
                    f"in `{environment}`",
                    remedy="keep one",
                    severity="input",
                )
            seen[key] = record.id
