"""Nothing that looks like a secret stands in a catalogue."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.reach import seen_in_values
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem
from billing_identity.roles.ssh_keys import is_public_key

ID = "no-secrets"
TITLE = "No secret stands in the catalogue"
CITATIONS = ("164.308(a)(5)(ii)(D)",)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an AWS access key id", re.compile(r"\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b")),
    ("a private key", re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY")),
    ("a JSON web token", re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}")),
    ("a JSON web key's private part", re.compile(r'"(d|p|q|k)"\s*:\s*"[\w-]{20,}"')),
    ("a GitHub token", re.compile(r"\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})")),
    ("a Slack token", re.compile(r"\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com/services/T")),
    ("an Okta API token", re.compile(r"(?<![\w-])00[A-Za-z0-9_-]{40}(?![\w-])|\bSSWS\s")),
    ("an Entra client secret", re.compile(r"(?<![\w~.-])[\w~.-]{3}[0-9]Q~[\w~.-]{31,34}(?![\w~.-])")),
    ("a Pulumi access token", re.compile(r"\bpul-[0-9a-f]{40}\b")),
    ("a bearer token", re.compile(r"(?i)\bbearer\s+[\w.~+/-]{16,}")),
    ("a password in an address", re.compile(r"\b[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s:@]+@")),
    ("a password", re.compile(r"(?i)\b(password|passwd|secret|api[_-]?key|token)\s*[:=]\s*[^\s,;]{6,}")),
)
"""What common secrets look like."""

WORD = re.compile(r"[A-Za-z0-9+/=_-]{32,}")
MIN_ENTROPY = 3.7
"""Bits a character from which a run of 32 or more looks random; hexadecimal has 4 at most, identifiers of
words joined by hyphens stay below or have no digits."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Values that have a known form of secret or look random. The value is not repeated."""
    for location, found in seen_in_values(catalogue, resembles_secret):
        yield Problem.at(
            location,
            code=ID,
            message=f"this value looks like {found}",
            remedy="remove it from the file and from the history, and replace the secret, which is out",
            citations=CITATIONS,
            liftable=False,
        )


def resembles_secret(value: str) -> str:
    """What kind of secret a text looks like; empty for none."""
    for title, pattern in PATTERNS:
        if pattern.search(value):
            return title
    if is_public_key(value):
        return ""
    for run in WORD.findall(value):
        if _random(run):
            return "a random string of a secret's length"
    return ""


def _random(run: str) -> bool:
    digits = sum(character.isdigit() for character in run)
    upper = any(character.isupper() for character in run)
    lower = any(character.islower() for character in run)
    pieces = re.split(r"[-_/+=]", run)
    if max(map(len, pieces)) < 16 and not (upper and lower and digits > 3):
        return False
    mixed = (upper and lower and digits) or digits >= 6
    return bool(mixed) and _entropy(run) >= (MIN_ENTROPY if upper and lower else 3.2)


def _entropy(text: str) -> float:
    """Shannon entropy in bits a character."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())
