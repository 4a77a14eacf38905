"""Who decides how people sign in reaches what they sign in to: administrators, help desk, programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.service_account import ServiceAccount
from billing_identity.roles.model.vocabulary import RiskTag
from billing_identity.roles.sign_in_reach import behind, is_console
from billing_identity.stacks.bind.okta.administration import DELEGATED, console, delegable

CONTROLLING = frozenset({RiskTag.ADMINISTERS_IDENTITY, RiskTag.RESETS_CREDENTIALS})
"""Risks of an entitlement with which its holder can become anybody, or let anybody in."""

Control = Mapping[str, tuple[str, ...]]
"""Systems that are reached, by through what: `Help desk administrator of Okta administration`."""


def controls(catalogue: Catalogue, entitlements: Iterable[str]) -> Control:
    """What the holders of these entitlements control."""
    found: dict[str, tuple[str, ...]] = {}
    for reference in sorted(entitlements):
        system, name = reference.split("/", 1)
        entitlement = catalogue.entitlement(reference)
        if not is_console(catalogue, system) or not CONTROLLING.intersection(entitlement.risks):
            continue
        reached = behind(catalogue, system)
        okta, delegated = console(catalogue), DELEGATED.get(entitlement.app_role or name)
        if okta is not None and okta.id == system and delegated and delegated.reach == "applications":
            reached = tuple(sorted(set(reached).intersection(delegable(catalogue))))
        found[f"{entitlement.title} of {catalogue.systems[system].title}"] = reached
    return found


def account_controls(catalogue: Catalogue, account: ServiceAccount) -> Control:
    """What a program controls, by its entitlements or by scopes that change something."""
    if found := controls(catalogue, map(str, account.entitlements)):
        return found
    writes = [scope for scope in account.scopes if scope.endswith(".manage") or ".ReadWrite" in scope]
    if writes and is_console(catalogue, account.system):
        return {
            f"{writes[0]} of {catalogue.systems[account.system].title}": behind(catalogue, account.system)
        }
    return {}


def system_controls(catalogue: Catalogue, systems: Iterable[str]) -> Control:
    """What whoever runs these systems controls."""
    return {
        f"who runs {catalogue.systems[system].title}": behind(catalogue, system)
        for system in systems
        if is_console(catalogue, system)
    }
