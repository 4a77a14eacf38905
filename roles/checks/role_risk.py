"""Roles with dangerous entitlements are marked high-risk and, where they administer, privileged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import concrete_roles, role_access
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Level, RiskTag
from billing_identity.roles.problems import Problem

ID = "role-risk"
TITLE = "Dangerous entitlements make a role high-risk or privileged"
CITATIONS = ("164.308(a)(1)(ii)(B)", "164.308(a)(4)(ii)(C)")
CODES = (ID, "role-privileged")

PRIVILEGED = frozenset(
    {
        RiskTag.ADMINISTERS_IDENTITY,
        RiskTag.ADMINISTERS_KEYS,
        RiskTag.DESTROYS_KEYS,
        RiskTag.DISABLES_LOGGING,
        RiskTag.RESETS_CREDENTIALS,
    }
)
"""Tags of administration: a role that holds one is `privileged`."""

HIGH = PRIVILEGED | {
    RiskTag.APPROVES_REFUNDS,
    RiskTag.RELEASES_PAYMENTS,
    RiskTag.CHANGES_BANK_DETAILS,
    RiskTag.POSTS_ADJUSTMENTS,
    RiskTag.EXPORTS_IN_BULK,
}
"""Tags that make a role `risk: high`: administration, money, mass export."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Roles that are marked lower than what they hold, and privileged roles that are not high-risk."""
    for role in concrete_roles(catalogue):
        tags = {
            tag: held.entitlement
            for held in role_access(catalogue, role.id, as_of)
            for tag in catalogue.entitlement(held.entitlement).risks
        }
        high = sorted(tag.value for tag in HIGH & tags.keys())
        if role.risk is not Level.HIGH and (high or role.privileged):
            why = f"holds {tags[RiskTag(high[0])]} ({high[0]})" if high else "is privileged"
            yield finding(
                catalogue,
                role,
                ("risk",),
                code=ID,
                message=f"role `{role.id}` {why} and is only `risk: {role.risk.value}`",
                remedy="write `risk: high`; that brings quarterly certification and the strictest "
                "sign-in first",
                citations=CITATIONS,
            )
        administers = sorted(tag.value for tag in PRIVILEGED & tags.keys())
        if administers and not role.privileged:
            yield finding(
                catalogue,
                role,
                ("privileged",),
                code="role-privileged",
                message=f"role `{role.id}` holds {tags[RiskTag(administers[0])]} ({administers[0]}) "
                "and is not marked privileged",
                remedy="write `privileged: true`",
                citations=CITATIONS,
            )
