"""The catalogue stays clear of what the providers can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import concrete_roles
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import served
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.problems import Problem

ID = "growth"
TITLE = "The catalogue fits the providers' limits"
CITATIONS = ()

OKTA_GROUP_RULES = 2000
"""Rules that an Okta organisation may have."""
PERMISSION_SETS = 2000
"""Permission sets that an IAM Identity Center instance may have."""
ENTRA_CONDITIONAL_ACCESS = 195
"""Conditional access policies that an Entra tenant may have."""
FAIL_AT = 0.9
NOTICE_AT = 0.75
"""Shares of a limit at which it is announced, and at which it fails: a company has objects of its own."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Limits of which the resources that this catalogue becomes take too large a share."""
    for what, count, limit in demands(catalogue):
        if count < NOTICE_AT * limit:
            continue
        near = count < FAIL_AT * limit
        yield finding(
            catalogue,
            catalogue.organisation,
            (),
            code=ID,
            message=f"the catalogue needs {count:,} {what}; the provider holds {limit:,}",
            remedy="split the company's catalogue by realm or tenant before it grows further"
            if near
            else "merge roles or close clients, or split the catalogue by realm or tenant",
            severity="notice" if near else "policy",
            liftable=False,
        )


def demands(catalogue: Catalogue) -> Iterator[tuple[str, int, int]]:
    """What the catalogue needs of each bounded resource: its name, how many, the provider's limit.

    Group rules: one for each role by job code, one for the eligible of each requested role, one for each
    client, one for each ring. Never roles times clients.
    """
    people = sum(1 for _ in concrete_roles(catalogue))
    rules = people + sum(1 for _ in served(catalogue)) + len(catalogue.access_policy.rings)
    yield "Okta group rules", rules, OKTA_GROUP_RULES
    systems = list(catalogue.systems.values())
    sets = sum(
        entitlement.permission_set is not None
        for system in systems
        for entitlement in system.entitlements.values()
    )
    yield "AWS permission sets", sets, PERMISSION_SETS
    entra = sum(system.identity.provider is Provider.ENTRA for system in systems)
    yield (
        "Entra conditional access policies",
        entra + len(catalogue.access_policy.tiers),
        ENTRA_CONDITIONAL_ACCESS,
    )
