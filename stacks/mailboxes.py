"""Mailboxes that are certainly no company's own.

Whether `first.last@` the company's own domain is a person's can't be told from the address: reviewers see it
in the settings, as the field's description asks of them.
"""

from __future__ import annotations

import re

_ANYWHERE = (
    "gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|rocketmail|icloud|aol|gmx"
    "|protonmail|tutanota|yandex"
)
"""Consumer services with a domain in many countries."""
_ELSEWHERE = (
    r"me\.com|mac\.com|proton\.me|pm\.me|mail\.com|fastmail\.com|hey\.com|tuta\.com|web\.de|qq\.com|163\.com"
    r"|mail\.ru|comcast\.net|verizon\.net|att\.net|sbcglobal\.net|bellsouth\.net|cox\.net|charter\.net"
)
_PUBLIC = re.compile(rf"(?:{_ANYWHERE})\.(?:(?:com?\.)?[a-z]{{2}}|com|net|org)|{_ELSEWHERE}", re.IGNORECASE)


def public_service(address: str) -> str | None:
    """The domain of an address if anybody may open a mailbox there, as at gmail.com; else None."""
    domain = address.rpartition("@")[2]
    return domain if _PUBLIC.fullmatch(domain) else None
