"""The conditional access baseline: what every sign-in to the tenant must pass, by persona and ring."""

import re
from collections.abc import Iterator

import pulumi
import pulumi_azuread as azuread

from billing_identity.components import limits
from billing_identity.components.entra.conditional_access_args import ConditionalAccessArgs, Places
from billing_identity.components.entra.conditional_access_personas import policies
from billing_identity.components.errors import ComponentInputError

MOST_HOURS = 24
"""NIST SP 800-63B-4 section 2.2.3 (AAL2), the least strict of all tiers."""
_COUNTRY = re.compile(r"[A-Z]{2}")
MAX_POLICIES = 195
"""Policies of a tenant (Microsoft Entra service limits)."""


class ConditionalAccess(pulumi.ComponentResource):
    """Policies CA001 to CA600. Each names what it blocks or asks for; the emergency groups are out of all.

    Moving a ring forward changes `state` and nothing else. Raises ComponentInputError, with every fault,
    without an emergency group, allowed countries, strengths or rings; for an emergency group that is
    contained; for hours out of range; where a later ring is enforced before an earlier one; for a network
    that `zones` lacks or that is nobody's own; for more policies than a tenant may have.
    """

    def __init__(
        self, name: str, args: ConditionalAccessArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:ConditionalAccess", name, None, opts)
        if faults := list(_faults(args)):
            raise ComponentInputError("\n".join(f"{name}: {fault}" for fault in faults))
        limits.require_apart(name, args["contained_groups"], args["break_glass_groups"])
        for zone, ranges in args.get("zones", {}).items():
            limits.require_networks(name, f"zone {zone!r}", ranges, limits.OWN_NETWORK)
        places = self._places(name, args)
        found = list(policies(args, places))
        if len(found) > MAX_POLICIES:
            raise ComponentInputError(
                f"{name}: {len(found)} policies, and a tenant has at most {MAX_POLICIES}: use fewer rings"
            )
        for policy in found:
            policy.register(name, self)
        self.register_outputs({})

    def _places(self, name: str, args: ConditionalAccessArgs) -> Places:
        child = pulumi.ResourceOptions(parent=self, protect=True)
        found: Places = {
            "countries": azuread.NamedLocation(
                f"{name}-allowed-countries",
                display_name="Allowed countries",
                country=azuread.NamedLocationCountryArgs(
                    countries_and_regions=sorted(args["allowed_countries"]),
                    country_lookup_method="clientIpAddress",
                    include_unknown_countries_and_regions=False,
                ),
                opts=child,
            ).object_id
        }
        for zone, ranges in sorted(args.get("zones", {}).items()):
            # Not `trusted`: Entra refuses to delete such a one, and lowers the risk of sign-ins from it.
            found[zone] = azuread.NamedLocation(
                f"{name}-zone-{zone}",
                display_name=f"Network {zone}",
                ip=azuread.NamedLocationIpArgs(ip_ranges=sorted(ranges), trusted=False),
                opts=child,
            ).object_id
        return found


def _hours(args: ConditionalAccessArgs) -> Iterator[str]:
    asked = {
        "session_hours": args["session_hours"],
        "administrator_session_hours": args["administrator_session_hours"],
        **{f"tier {tier['name']}": tier["hours"] for tier in args.get("tiers", ())},
    }
    for what, hours in asked.items():
        if not 1 <= hours <= MOST_HOURS:
            yield f"{what}: {hours} hours; 1 to {MOST_HOURS}"


def _faults(args: ConditionalAccessArgs) -> Iterator[str]:
    if not args["break_glass_groups"]:
        yield "break_glass_groups: name the declared emergency group"
    if not args["allowed_countries"]:
        yield "allowed_countries: at least one"
    for country in args["allowed_countries"]:
        if not _COUNTRY.fullmatch(country):
            yield f"allowed_countries: {country!r} is no ISO 3166-1 code such as US"
    for field in ("workforce_strength", "administrator_strength", "bootstrap_strength"):
        if not args[field]:
            yield f"{field}: empty, a grant that asks for nothing"
    yield from _hours(args)
    if not args["rings"]:
        yield "rings: at least one, the last of them for everybody"
    for earlier, later in zip(args["rings"], args["rings"][1:], strict=False):
        if later["enforced"] and not earlier["enforced"]:
            yield f"rings: `{later['name']}` is enforced and `{earlier['name']}` before it is not"
        if not earlier["groups"]:
            yield f"rings: `{earlier['name']}` has no group; leave it out or name one"
    known = set(args.get("zones", {}))
    asked = {
        *args.get("administrator_zones", ()),
        *(zone for tier in args.get("tiers", ()) for zone in tier["zones"]),
        *(program["zone"] for program in args.get("workloads", ())),
    }
    for zone in sorted(asked - known):
        yield f"zones: no network `{zone}`"
    if "countries" in known:
        yield "zones: `countries` is the name of the allowed countries; choose another"
