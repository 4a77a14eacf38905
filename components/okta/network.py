"""Network zones, anonymizers blocked, and ThreatInsight."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components import limits
from billing_identity.components.errors import ComponentInputError


class NetworkArgs(TypedDict):
    """Arguments of Network."""

    zones: Mapping[str, Sequence[str]]
    """CIDR ranges by the zone's name. Policy zones: they let nobody past a block."""
    block_anonymizers: bool
    """Anonymizing proxies and Tor, by Okta's enhanced dynamic zones (adaptive licence)."""
    allowed_countries: NotRequired[Sequence[str]]
    """ISO 3166-1 codes of the countries from which people sign in (adaptive licence); empty for no zone."""


ALLOWED_COUNTRIES = "allowed-countries"
"""Name of the zone of the countries from which people sign in."""


class Network(pulumi.ComponentResource):
    """The company's own zones first, then what is blocked, so that nobody locks himself out.

    A block applies before any policy, and only Okta's `DefaultExemptIpZone` gets past it: that zone can be
    neither made nor found here, so the deployment's and administrators' addresses are put into it by hand
    first. ThreatInsight leaves the company's own zones alone.
    Raises ComponentInputError for a zone without ranges, or with one that is nobody's own.
    """

    zone_ids: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:Network", name, None, opts)
        for zone, ranges in args["zones"].items():
            if not ranges:
                raise ComponentInputError(f"{name}: zone {zone!r}: name its ranges")
            limits.require_networks(name, f"zone {zone!r}", ranges, limits.OWN_NETWORK)
        zones: dict[str, okta.network.Zone] = {}
        for zone, ranges in sorted(args["zones"].items()):
            zones[zone] = okta.network.Zone(
                f"{name}-{zone}",
                name=zone,
                type="IP",
                usage="POLICY",
                gateways=sorted(ranges),
                status="ACTIVE",
                opts=pulumi.ResourceOptions(parent=self, protect=True),
            )
        if args["block_anonymizers"]:
            okta.network.Zone(
                f"{name}-anonymizers",
                name="blocked-anonymizers",
                type="DYNAMIC_V2",
                usage="BLOCKLIST",
                ip_service_categories_includes=["ALL_ANONYMIZERS"],
                status="ACTIVE",
                opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=list(zones.values())),
            )
        okta.ThreatInsightSettings(
            f"{name}-threat-insight",
            action="block",
            exclude_zones=[zone.id for zone in zones.values()],
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        if countries := args.get("allowed_countries"):
            zones[ALLOWED_COUNTRIES] = okta.network.Zone(
                f"{name}-{ALLOWED_COUNTRIES}",
                name=ALLOWED_COUNTRIES,
                type="DYNAMIC_V2",
                usage="POLICY",
                dynamic_locations=sorted(countries),
                status="ACTIVE",
                opts=pulumi.ResourceOptions(parent=self, protect=True),
            )
        self.zone_ids = {zone: resource.id for zone, resource in zones.items()}
        self.register_outputs({"zoneIds": self.zone_ids})
