"""Nothing lasts longer than the chosen profile allows: time without use, sessions, time between reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Cadence
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "profile-limits"
TITLE = "Reviews, inactivity and sessions keep to the chosen profile"
CITATIONS = ("164.308(a)(3)(ii)(C)", "164.308(a)(4)(ii)(C)", "164.312(a)(2)(iii)")


@dataclass(frozen=True)
class Limits:
    """The longest that a profile allows."""

    inactive_days: int
    privileged_inactive_days: int
    review: Cadence
    """Between two certifications of what is neither high-risk nor ePHI; `review-cadence` judges the rest."""
    idle_minutes: int | None = None
    lifetime_hours: int | None = None
    """None: as `session-limits` says for every profile."""


_OURS = Limits(45, 30, Cadence.HALF_YEARLY)
LIMITS: dict[str, Limits] = {
    "hipaa-2013": _OURS,
    "nprm-2025": _OURS,
    "nist-800-63b-4": _OURS,
    "cisa-scuba": _OURS,
    "disa-okta-stig": Limits(35, 30, Cadence.HALF_YEARLY, idle_minutes=15, lifetime_hours=18),
}
"""Limits by profile. The STIG's: OKTA-APP-000090 (35 days), 000020 (15 minutes), 001665 (18 hours). The
others give no number of days and no cadence: 45, 30 and half a year are this program's own bounds."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Values of the access policy that are longer than the profile's."""
    policy = catalogue.access_policy
    limits = LIMITS[policy.profile]
    found: list[tuple[Steps, int, int | None, str]] = [
        (("inactivity", "workforce_days"), policy.inactivity.workforce_days, limits.inactive_days, "days"),
        (
            ("inactivity", "privileged_days"),
            policy.inactivity.privileged_days,
            limits.privileged_inactive_days,
            "days",
        ),
    ]
    for name, tier in policy.tiers.items():
        here: Steps = ("tiers", name, "session")
        found += [
            ((*here, "idle_minutes"), tier.session.idle_minutes, limits.idle_minutes, "minutes"),
            ((*here, "lifetime_hours"), tier.session.lifetime_hours, limits.lifetime_hours, "hours"),
        ]
    for path, value, most, unit in found:
        if most is not None and value > most:
            yield finding(
                catalogue,
                policy,
                path,
                code=ID,
                message=f"{'.'.join(map(str, path))} is {value} {unit}; "
                f"profile {policy.profile} allows {most}",
                remedy=f"write {most} or less, or choose another profile",
                citations=CITATIONS,
            )
    for field in ("other_roles", "other_systems"):
        cadence: Cadence = getattr(policy.reviews, field)
        if cadence.months > limits.review.months:
            yield finding(
                catalogue,
                policy,
                ("reviews", field),
                code=ID,
                message=f"the access policy reviews {field.replace('_', ' ')} {cadence.value}; "
                f"profile {policy.profile} allows {limits.review.value}",
                remedy=f"write {limits.review.value} or more often",
                citations=CITATIONS,
            )
