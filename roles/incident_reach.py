"""Whose data an incident may have reached, and whose must therefore be kept until it is examined."""

from __future__ import annotations

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.sign_in_reach import behind, is_console


def clients_reached(catalogue: Catalogue, incident: Incident) -> tuple[str, ...]:
    """Clients that the incident names, and those of the systems that it names: by themselves, by their
    vendor, or as what people sign in to through one of them."""
    scope = incident.scope
    systems = set(scope.systems) | {
        system.id for system in catalogue.systems.values() if system.vendor in scope.vendors
    }
    for system in sorted(systems):
        if is_console(catalogue, system):
            systems |= set(behind(catalogue, system))
    return tuple(
        name
        for name, client in catalogue.clients.items()
        if name in scope.clients or systems.intersection(client.systems)
    )


def holds(catalogue: Catalogue, client: Client) -> tuple[Incident, ...]:
    """Incidents that are not closed with what was found, and that reach the client: until they are, its
    stores show what was read and its keys stay. An `expires` that has passed ends no hold."""
    return tuple(
        incident
        for incident in catalogue.incidents.values()
        if (incident.closed is None or incident.closure is None)
        and client.id in clients_reached(catalogue, incident)
    )
