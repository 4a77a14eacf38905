"""Nobody is named: a catalogue speaks of roles, offices and function mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.reach import seen_in_values
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "no-persons"
TITLE = "No person is named"
CITATIONS = ("164.312(a)(2)(i)",)

PERSONAL_MAILBOX = re.compile(
    r"(?i)(?<![\w.+-])[a-z]{1,20}[._][a-z]{2,30}[0-9]{0,3}@[a-z0-9-]+(\.[a-z0-9-]+)+"
)
"""An address such as jane.doe@company.example; function mailboxes have one word or a hyphen."""
SOCIAL_SECURITY_NUMBER = re.compile(r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])")


REMEDIES = {
    "a person's mail address": "write the mailbox of a function, such as privacy@",
    "a social security number": "remove it from the file and from the history",
}


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Personal mail addresses and social security numbers. The value is not repeated."""
    for location, found in seen_in_values(catalogue, person_in):
        yield Problem.at(
            location,
            code=ID,
            message=f"this value holds {found}",
            remedy=REMEDIES[found],
            citations=CITATIONS,
            liftable=False,
        )


def person_in(value: str) -> str:
    """What names a person in a text; empty when nothing does."""
    if "@" in value and PERSONAL_MAILBOX.search(value):
        return "a person's mail address"
    return "a social security number" if SOCIAL_SECURITY_NUMBER.search(value) else ""
