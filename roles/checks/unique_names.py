"""What identifies an application, a group or a client towards a provider belongs to one entity only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, named
from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "unique-names"
TITLE = "Titles, addresses, codes and permission sets are used once"
CITATIONS = ("164.312(a)(2)(i)",)


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Values that two entities share and that a provider or a rule takes to be unique."""
    users: dict[tuple[str, str], list[tuple[Entity, Steps]]] = defaultdict(list)
    for role in catalogue.roles.values():
        users["title of a role", role.title.casefold()].append((role, ("title",)))
    for client in catalogue.clients.values():
        users["code of a client", client.code].append((client, ("code",)))
    for system in catalogue.systems.values():
        identity = system.identity
        users["title of a system", system.title.casefold()].append((system, ("title",)))
        if identity.audience is not None:
            users["audience", identity.audience].append((system, ("identity", "audience")))
        if identity.first_party is not None:
            users["service of Microsoft's", identity.first_party.value].append(
                (system, ("identity", "first_party"))
            )
        if identity.sso_url is not None:
            users["address", identity.sso_url].append((system, ("identity", "sso_url")))
        for index, uri in enumerate(identity.redirect_uris):
            users["address", uri].append((system, ("identity", "redirect_uris", index)))
        for name, entitlement in system.entitlements.items():
            if entitlement.permission_set is not None:
                users["permission set", entitlement.permission_set.casefold()].append(
                    (system, ("entitlements", name, "permission_set"))
                )
            if entitlement.app_role is not None:
                users[f"app role of `{system.id}`", entitlement.app_role].append(
                    (system, ("entitlements", name, "app_role"))
                )
        for index, flow in enumerate(system.flows):
            users[f"flow of `{system.id}`", flow.name].append((system, ("flows", index, "name")))
    for (what, value), places in users.items():
        for entity, path in places[1:]:
            yield finding(
                catalogue,
                entity,
                path,
                code=ID,
                message=f"the {what} `{value}` of {named(entity)} is already used by {named(places[0][0])}",
                remedy="give it one of its own",
                severity="input",
            )
