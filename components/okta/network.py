"""Network zones, anonymizers blocked, and ThreatInsight."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta


class NetworkArgs(TypedDict):
    """Arguments of Network."""

    zones: Mapping[str, Sequence[str]]
    """CIDR ranges by the zone's name. Policy zones: they let nobody past a block."""
    block_anonymizers: bool
    """Anonymizing proxies and Tor, by Okta's enhanced dynamic zones (adaptive licence)."""


class Network(pulumi.ComponentResource):
    """The company's own zones first, then what is blocked, so that nobody locks himself out."""

    zone_ids: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:Network", name, None, opts)
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
        self.zone_ids = {zone: resource.id for zone, resource in zones.items()}
        self.register_outputs({"zoneIds": self.zone_ids})
