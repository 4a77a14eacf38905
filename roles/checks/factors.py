"""Text and voice codes are a fallback with an end, never a factor of a tier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import later
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Factor
from billing_identity.roles.partial import certain
from billing_identity.roles.problems import Problem

ID = "factors"
TITLE = "Text and voice codes are temporary"
CITATIONS = ("164.312(d)",)
CODES = (ID, "sms-fallback")
LONGEST_FALLBACK_DAYS = 366
"""A year: what lasts longer is no fallback."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Tiers that list text or voice codes; a fallback whose end has passed or is no date."""
    yield from certain(_tiers(catalogue))
    yield from _fallback(catalogue, as_of)


def _tiers(catalogue: Catalogue) -> Iterator[Problem]:
    policy = catalogue.access_policy
    for name, tier in policy.tiers.items():
        for index, factor in enumerate(tier.factors):
            if factor in (Factor.SMS, Factor.VOICE):
                yield finding(
                    catalogue,
                    policy,
                    ("tiers", name, "factors", index),
                    code=ID,
                    message=f"tier `{name}` is satisfied by {factor.value} codes",
                    remedy="remove the factor; `sms_fallback` allows such codes to named people until a date",
                    citations=CITATIONS,
                )


def _fallback(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    policy = catalogue.access_policy
    fallback = policy.sms_fallback
    if fallback is None:
        return
    path = ("sms_fallback", "ends")
    try:
        ends = date.fromisoformat(fallback.ends)
    except ValueError:
        yield finding(
            catalogue,
            policy,
            path,
            code="sms-fallback",
            message=f"`{fallback.ends}` is not a date",
            remedy="write a date as YYYY-MM-DD",
            severity="input",
        )
        return
    if ends > later(as_of, LONGEST_FALLBACK_DAYS):
        yield finding(
            catalogue,
            policy,
            path,
            code="sms-fallback",
            message=f"text codes are allowed until {ends}, longer than {LONGEST_FALLBACK_DAYS} days from now",
            remedy=f"write {later(as_of, LONGEST_FALLBACK_DAYS)} or earlier; a fallback is temporary",
            citations=CITATIONS,
        )
    if as_of > ends:
        yield finding(
            catalogue,
            policy,
            path,
            code="sms-fallback",
            message=f"the fallback to text codes ended on {ends}",
            remedy="remove `sms_fallback`; who still needs it must enrol a stronger factor",
            citations=CITATIONS,
        )
