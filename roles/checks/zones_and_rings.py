"""Zones and rollout rings are sound, and stricter sign-in reaches high-risk people first."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import concrete_roles
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Level, SystemKind
from billing_identity.roles.partial import certain
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "zones-and-rings"
TITLE = "Zones and rollout rings are sound"
CITATIONS = ("164.308(a)(1)(ii)(B)", "164.312(d)")
CODES = (ID, "rollout-order", "zone-without-people")

WIDEST_PREFIX = {4: 16, 6: 32}
"""Shortest prefix of a zone by IP version: wider than a /16 is nobody's own network."""
UNSEEN = tuple(
    ipaddress.ip_network(cidr)
    for cidr in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.168.0.0/16", "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8"),
    )
)
"""Addresses from which nobody comes over the Internet: private, shared, of one machine or link, groups (RFC
6890)."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Bad or boundless ranges, unknown zones, repeated or empty rings, high-risk roles that come last."""
    policy = catalogue.access_policy

    def fault(path: Steps, message: str, remedy: str) -> Problem:
        return finding(
            catalogue,
            policy,
            path,
            code=ID,
            message=message,
            remedy=remedy,
            severity="input",
            citations=CITATIONS,
        )

    for name, zone in policy.zones.items():
        for index, cidr in enumerate(zone.cidrs):
            if cidr in zone.cidrs[:index]:
                yield fault(("zones", name, "cidrs", index), f"`{cidr}` stands twice", "remove one")
            if why := range_fault(cidr):
                yield fault(
                    ("zones", name, "cidrs", index),
                    f"`{cidr}` of zone `{name}` {why}",
                    "write the network's own address and length, such as 203.0.113.0/27",
                )
    for name, tier in policy.tiers.items():
        for index, zone in enumerate(tier.zones):
            if zone not in policy.zones:
                yield fault(
                    ("tiers", name, "zones", index),
                    f"tier `{name}` names the zone `{zone}`, which there is not",
                    "add it to `zones`, or name one that exists",
                )
    yield from certain(_networks_of_people(catalogue))
    for index, ring in enumerate(policy.rings):
        if ring in policy.rings[:index]:
            yield fault(("rings", index), f"ring `{ring}` stands twice", "remove one")
    order = {str(ring): index for index, ring in reversed(list(enumerate(policy.rings)))}
    reached = {str(role.ring) for role in concrete_roles(catalogue)}
    for index, ring in enumerate(policy.rings[:-1]):
        if ring not in reached:
            yield fault(
                ("rings", index),
                f"nobody is in ring `{ring}`: the rollout skips it",
                "put a role into it, or remove it",
            )
    for role in concrete_roles(catalogue):
        place = order[role.ring]
        last = place == len(order) - 1 and len(order) > 1
        if (role.risk is Level.HIGH or role.privileged) and last:
            yield finding(
                catalogue,
                role,
                ("ring",),
                code="rollout-order",
                message=f"role `{role.id}` is high-risk and gets stricter sign-in only in ring `{role.ring}`",
                remedy=f"put it into `{policy.rings[0]}` or another early ring",
                citations=CITATIONS,
            )


def _networks_of_people(catalogue: Catalogue) -> Iterator[Problem]:
    """Zones of tiers that no person comes from before the tier lets him in."""
    policy = catalogue.access_policy

    def shut(path: Steps, message: str, remedy: str) -> Problem:
        return finding(
            catalogue,
            policy,
            path,
            code="zone-without-people",
            message=message,
            remedy=remedy,
            citations=CITATIONS,
        )

    programs: dict[str, str] = {account.zone: account.id for account in catalogue.service_accounts.values()}
    for name, tier in policy.tiers.items():
        for index, zone in enumerate(tier.zones):
            if zone in programs:
                yield shut(
                    ("tiers", name, "zones", index),
                    f"tier `{name}` lets people in from `{zone}`, where only `{programs[zone]}` runs",
                    "name a zone that people come from; give programs one of their own",
                )
        if not tier.zones:
            continue
        for system in catalogue.systems.values():
            if system.tier == name and system.system_kind is SystemKind.VPN:
                yield shut(
                    ("tiers", name, "zones"),
                    f"tier `{name}` lets nobody reach `{system.id}` from outside, where it is the way in",
                    f"give `{system.id}` a tier without zones",
                )


def range_fault(cidr: str) -> str:
    """What is wrong with an address range; empty when nothing is."""
    try:
        network = ipaddress.ip_network(cidr, strict=True)
    except ValueError:
        return "is not a network"
    if any(network.network_address in inside for inside in UNSEEN):
        return "is inside somebody's network: Okta and Entra never see it"
    if network.prefixlen < WIDEST_PREFIX[network.version]:
        return f"covers {network.num_addresses:,} addresses, more than any company's own"
    return ""
