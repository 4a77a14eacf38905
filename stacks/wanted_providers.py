"""Every identity provider that the catalogue or an incident names stands in the settings.

A provider that is left out would be left out of everything, without a word: its resources would go, and what
the other one asks of federated people nobody could bring.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.problems import Location, Problem
from billing_identity.roles.yaml_tree import Steps
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.settings import Settings


def unset_providers(settings: Settings, catalogue: Catalogue) -> tuple[Problem, ...]:
    """One fault for each provider that the catalogue names and the settings do not, at its first name."""
    found: dict[Provider, list[Location]] = {}
    for provider, entity, path in _named(catalogue):
        found.setdefault(provider, []).append(catalogue.locate(entity, path))
    return tuple(
        _fault(provider, places[0], f"named {len(places)} times in the catalogue")
        for provider, places in found.items()
        if not _set(settings, provider)
    )


def uncontained(incidents: Incidents, settings: Settings, as_of: date) -> tuple[Problem, ...]:
    """Incidents in force that name people of a provider without settings: they would go on signing in."""
    return tuple(
        _fault(provider, incidents.locate(incident, ("scope", "users")), "the provider of people to contain")
        for incident in incidents.in_force(as_of)
        for provider, users in (
            (Provider.OKTA, incident.scope.okta_users),
            (Provider.ENTRA, incident.scope.entra_users),
        )
        if users and not _set(settings, provider)
    )


def _named(catalogue: Catalogue) -> Iterator[tuple[Provider, Entity, Steps]]:
    policy = catalogue.access_policy
    yield policy.identity.primary, policy, ("identity", "primary")
    for index, link in enumerate(policy.identity.federation):
        yield link.source, policy, ("identity", "federation", index, "source")
        yield link.target, policy, ("identity", "federation", index, "target")
    for system in catalogue.systems.values():
        if system.identity.provider is not Provider.NONE:
            yield system.identity.provider, system, ("identity", "provider")
    for account in catalogue.service_accounts.values():
        if account.provider is not Provider.NONE:
            yield account.provider, account, ("provider",)


def _set(settings: Settings, provider: Provider) -> bool:
    return (settings.okta if provider is Provider.OKTA else settings.entra) is not None


def _fault(provider: Provider, place: Location, why: str) -> Problem:
    return Problem.at(
        place,
        code="provider-unset",
        message=f"`{provider.value}` is {why}, and the settings have no `{provider.value}`",
        remedy=f"write the block `{provider.value}` of the settings, or name the other one everywhere",
        subject="settings",
    )
