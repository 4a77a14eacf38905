"""The catalogue stays clear of what the providers can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import served
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.problems import Problem

ID = "growth"
TITLE = "The catalogue fits the providers' limits"
CITATIONS = ()

OKTA_GROUP_RULES = 2000
"""Rules that an Okta organisation may have."""
PERMISSION_SETS = 2000
"""Permission sets that an IAM Identity Center instance may have."""
POLICIES = "Entra conditional access policies"
ENTRA_CONDITIONAL_ACCESS = 195
"""Conditional access policies that an Entra tenant may have."""
POLICIES_EACH_RING, POLICIES_ONCE = 15, 9
"""Of the baseline in Entra with every licence: per ring CA001 to CA030, CA200 to CA240 and CA300 to CA410
without what a tier adds; once those of administrators, guests, vendors and incidents."""
ATTRIBUTE_LENGTH = 1024
"""Characters of an extension attribute, in which Entra keeps a person's clients (Microsoft Graph,
onPremisesExtensionAttributes)."""
FIXED_RULES = 2
"""Group rules that every organisation has: vendor staff, and whom the help desk may reset."""
FAIL_AT = 0.9
NOTICE_AT = 0.75
"""Shares of a limit at which it is announced, and at which it fails: a company has objects of its own."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Limits of which the resources that this catalogue becomes take too large a share."""
    for what, count, limit in demands(catalogue):
        if count < NOTICE_AT * limit:
            continue
        near = count < FAIL_AT * limit
        policies = what == POLICIES
        yield finding(
            catalogue,
            catalogue.access_policy if policies else catalogue.organisation,
            ("rings",) if policies else (),
            code=ID,
            message=f"the catalogue needs {count:,} {what}; the provider holds {limit:,}",
            remedy="use fewer rings"
            if policies
            else "split the company's catalogue by realm or tenant before it grows further"
            if near
            else "merge roles or close clients, or split the catalogue by realm or tenant",
            severity="notice" if near else "policy",
            liftable=False,
        )
    length = 1 + sum(len(client.code) + 1 for client in served(catalogue))
    if length > ATTRIBUTE_LENGTH and _in_entra(catalogue):
        place = catalogue.access_policy.hr.attributes["clients"].entra
        yield finding(
            catalogue,
            catalogue.access_policy,
            ("hr", "attributes", "clients", "entra"),
            code=ID,
            message=f"the codes of all clients take {length:,} characters, and Entra's `{place}` holds "
            f"{ATTRIBUTE_LENGTH:,}: nobody can be assigned to all of them there",
            remedy="keep each person's list shorter, or give the codes fewer letters",
            severity="notice",
        )


def _in_entra(catalogue: Catalogue) -> list[System]:
    return [system for system in catalogue.systems.values() if system.identity.provider is Provider.ENTRA]


def demands(catalogue: Catalogue) -> Iterator[tuple[str, int, int]]:
    """What the catalogue needs of each bounded resource: its name, how many, the provider's limit.

    Group rules: one for each role by job code and each shared one, one for the eligible of each requested
    role, one for each client, one for each ring. Never roles times clients.
    """
    policy = catalogue.access_policy
    rules = len(catalogue.roles) + sum(1 for _ in served(catalogue)) + len(policy.rings) + FIXED_RULES
    yield "Okta group rules", rules, OKTA_GROUP_RULES
    systems = list(catalogue.systems.values())
    sets = sum(
        entitlement.permission_set is not None
        for system in systems
        for entitlement in system.entitlements.values()
    )
    yield "AWS permission sets", sets, PERMISSION_SETS
    if entra := _in_entra(catalogue):
        used = {str(system.tier): policy.tiers[system.tier] for system in entra}
        each = POLICIES_EACH_RING + sum(2 if tier.zones else 1 for tier in used.values())
        programs = {
            account.zone
            for account in catalogue.service_accounts.values()
            if account.provider is Provider.ENTRA
        }
        yield (
            POLICIES,
            POLICIES_ONCE + each * len(policy.rings) + len(programs),
            ENTRA_CONDITIONAL_ACCESS,
        )
