"""An exception names a subject that exists and a rule that can be lifted, once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from difflib import get_close_matches

from billing_identity.roles.checks.exception_terms import Fault, problem
from billing_identity.roles.checks.finding import kind_of
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.exception import ExceptionRecord
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
    duties = catalogue.access_policy.separation_of_duties
    rigid = UNLIFTABLE | {rule.id for rule in duties if not rule.liftable}
    for record, fault in faults(catalogue.exceptions.values(), known_subjects(catalogue), rigid):
        yield problem(catalogue, record, fault, CITATIONS)


def known_subjects(catalogue: Catalogue) -> frozenset[str]:
    """What an exception may be for, resources that only a URN names left out."""
    entities = (f"{kind_of(entity)}:{entity.id}" for entity in catalogue.entities())
    codes = (f"job-code:{code}" for code in catalogue.access_policy.hr.job_codes)
    return frozenset((*entities, *codes))


def faults(
    records: Iterable[ExceptionRecord], known: frozenset[str], rigid: Collection[str]
) -> Iterator[tuple[ExceptionRecord, Fault]]:
    """What is wrong with what exceptions lift. `known`: subjects there are, URNs apart; `rigid`: rules that
    nothing lifts."""
    seen: dict[tuple[str, str, str], str] = {}
    for record in records:
        lifts = record.lifts
        if not lifts.subject.startswith("urn:") and lifts.subject not in known:
            close = get_close_matches(lifts.subject, sorted(known), n=1)
            remedy = f"did you mean `{close[0]}`?" if close else "write the subject that the finding shows"
            message = f"is for `{lifts.subject}`, which there is not"
            yield record, Fault(("lifts", "subject"), ID, message, remedy, "input")
        if lifts.rule in rigid:
            message = f"is to lift `{lifts.rule}`, which nothing lifts"
            yield record, Fault(("lifts", "rule"), ID, message, "remove the exception and repair the cause")
        for index, environment in enumerate(lifts.environments):
            key = (lifts.rule, lifts.subject, environment)
            if key in seen:
                message = f"lifts the same rule for the same subject in `{environment}` as `{seen[key]}`"
                yield record, Fault(("lifts", "environments", index), ID, message, "keep one", "input")
            seen[key] = record.id
