"""An incident names what its kind contains, and blocks no address of the company's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network

from billing_identity.roles.checks.finding import Fault, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.problems import Problem

ID = "incident-scope"
TITLE = "An incident contains what its kind is about, and locks nobody else out"
CITATIONS = ("164.308(a)(6)(ii)", "164.308(a)(7)(i)")

NARROWEST = {4: 9, 6: 33}
"""Shortest mask of a blocked range by IP version. Entra takes masks longer than /8 (Microsoft Entra
documentation, "Network assignment"); /32 is what a whole provider gets in IPv6."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Scopes that miss what the kind contains; blocked ranges that are none, too wide or our own."""
    for incident in catalogue.incidents.values():
        yield from findings(
            catalogue,
            incident,
            (*_missing(incident), *_networks(catalogue, incident)),
            code=ID,
            severity="input",
            citations=CITATIONS,
            liftable=False,
            about=f"incident `{incident.id}` ",
        )


def _missing(incident: Incident) -> Iterator[Fault]:
    scope = incident.scope
    if incident.incident == "phished-credentials" and not scope.users:
        yield ("scope",), "names no account", "list the Okta user ids or Entra object ids under `users`"
    if incident.incident == "lost-device" and not (scope.users or scope.devices):
        yield ("scope",), "names neither device nor user", "list `devices`, or the `users` of the device"
    if incident.incident == "vendor-breach" and not scope.vendors:
        yield ("scope",), "names no vendor", "list it under `vendors`"


def _networks(catalogue: Catalogue, incident: Incident) -> Iterator[Fault]:
    own = [
        (name, network)
        for name, zone in catalogue.access_policy.zones.items()
        for cidr in zone.cidrs
        if (network := _network(cidr)) is not None
    ]
    for index, text in enumerate(incident.scope.blocked_networks):
        path = ("scope", "blocked_networks", index)
        network = _network(text)
        if network is None:
            yield path, f"blocks `{text}`, which is no range of addresses", "write for example 192.0.2.7/32"
            continue
        if network.prefixlen < NARROWEST[network.version]:
            yield path, f"blocks `{text}`, which is far too wide", "name the addresses that attacked"
        for name, zone in own:
            if zone.version == network.version and zone.overlaps(network):
                yield (
                    path,
                    f"blocks `{text}`, which holds addresses of our own zone `{name}`",
                    "leave them out: it would lock out everybody, the responders included",
                )


def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text)
    except ValueError:
        return None
