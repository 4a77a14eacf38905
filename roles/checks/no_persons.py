"""Nobody is named: a catalogue speaks of roles, offices and function mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

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


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Personal mail addresses and social security numbers. The value is not repeated."""
    for location, value in catalogue.scalars():
        for pattern, what, remedy in (
            (
                PERSONAL_MAILBOX,
                "a person's mail address",
                "write the mailbox of a function, such as privacy@",
            ),
            (
                SOCIAL_SECURITY_NUMBER,
                "a social security number",
                "remove it from the file and from the history",
            ),
        ):
            if pattern.search(value):
                yield Problem.at(
                    location,
                    code=ID,
                    message=f"this value holds {what}",
                    remedy=remedy,
                    citations=CITATIONS,
                    liftable=False,
                )
