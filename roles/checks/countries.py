"""Clients' data stays in the countries that their contracts allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, named, spoken, subject_of
from billing_identity.roles.checks.reach import holds_ephi, served, vendors_for
from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.vocabulary import DataClass
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "countries"
TITLE = "Clients' data stays where their contracts allow"
CITATIONS = ("164.504(e)(2)(i)", "164.308(b)(1)")

Place = tuple[Entity, Steps, str, Iterable[str]]


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Hosting, flows, vendors, subcontractors and workforce outside of what a client allows."""
    for client in served(catalogue):
        if client.offshore_ban and set(client.allowed_countries) != {"US"}:
            yield finding(
                catalogue,
                client,
                ("allowed_countries",),
                code=ID,
                message=f"client `{client.id}` forbids work outside the United States and allows "
                f"{spoken(client.allowed_countries)}",
                remedy="write `allowed_countries: [US]`, or correct `offshore_ban`",
                severity="input",
            )
        allowed = {"US"} if client.offshore_ban else {str(country) for country in client.allowed_countries}
        unique = {(subject_of(place[0]), place[1]): place for place in _places(catalogue, client)}
        for entity, path, what, countries in unique.values():
            if outside := sorted(set(countries) - allowed):
                yield finding(
                    catalogue,
                    entity,
                    path,
                    code=ID,
                    message=f"{what} of {named(entity)} is in {spoken(outside)}; client `{client.id}` allows "
                    f"{spoken(sorted(allowed))}"
                    + (" and bans offshore access" if client.offshore_ban else ""),
                    remedy="keep the client off this system, or have its contract allow the country",
                    subject=f"client:{client.id}",
                    citations=CITATIONS,
                )


def _places(catalogue: Catalogue, client: Client) -> Iterator[Place]:
    """Every place where the client's data rests or is seen: entity, path, what it is, its countries."""
    yield catalogue.organisation, ("countries",), "the workforce", catalogue.organisation.countries
    for name in client.systems:
        system = catalogue.systems[name]
        if holds_ephi(system):
            yield system, ("hosted_in",), "the hosting", system.hosted_in
        for index, flow in enumerate(system.flows):
            if DataClass.EPHI in flow.data_classes and flow.client in (None, client.id):
                yield system, ("flows", index, "countries"), f"flow `{flow.name}`", flow.countries
                if flow.vendor is not None:
                    vendor = catalogue.vendors[flow.vendor]
                    yield vendor, ("countries",), "the service", vendor.countries
    for _, vendor in vendors_for(catalogue, client):
        yield vendor, ("countries",), "the service", vendor.countries
        for index, party in enumerate(vendor.subcontractors):
            yield (
                vendor,
                ("subcontractors", index, "countries"),
                f"subcontractor `{party.name}`",
                party.countries,
            )
