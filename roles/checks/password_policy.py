"""The identity provider's password rules agree with the chosen profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.access_policy import PasswordRules
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "password-policy"
TITLE = "Password rules agree with the chosen profile"
CITATIONS = ("164.308(a)(5)(ii)(D)",)

Demand = tuple[str, Callable[[PasswordRules], bool], str]

_LENGTH: Demand = ("minimum_length", lambda rules: rules.minimum_length >= 15, "at least 15 characters")
_NIST: tuple[Demand, ...] = (
    _LENGTH,
    ("maximum_age_days", lambda rules: rules.maximum_age_days == 0, "no periodic change (0)"),
    ("composition", lambda rules: not rules.composition, "no character classes (false)"),
)
DEMANDS: dict[str, tuple[Demand, ...]] = {
    "hipaa-2013": _NIST,
    "nprm-2025": _NIST,
    "nist-800-63b-4": _NIST,
    "cisa-scuba": (_NIST[0], _NIST[1]),
    "disa-okta-stig": (
        _LENGTH,
        (
            "maximum_age_days",
            lambda rules: 1 <= rules.maximum_age_days <= 60,
            "a change every 60 days at most",
        ),
        ("composition", lambda rules: rules.composition, "character classes (true)"),
        ("history", lambda rules: rules.history >= 5, "a history of at least 5"),
        ("lockout_attempts", lambda rules: rules.lockout_attempts <= 3, "a lockout after 3 attempts"),
    ),
}
"""Demands by profile. HIPAA itself sets no numbers: its profiles take NIST SP 800-63B-4, section 3.1.1.2;
SCuBA is MS.AAD.6.1; the STIG's are OKTA-APP-000170, 000650 to 000700, 000745 and 003010."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Rules that differ from what the profile demands."""
    policy = catalogue.access_policy
    for field, holds, demand in DEMANDS[policy.profile]:
        if not holds(policy.passwords):
            yield finding(
                catalogue,
                policy,
                ("passwords", field),
                code=ID,
                message=f"`{field}` is {str(getattr(policy.passwords, field)).lower()}; "
                f"profile `{policy.profile}` asks for {demand}",
                remedy="change it, or choose another profile",
                citations=CITATIONS,
            )
