"""The conditional access baseline: what every sign-in to the tenant must pass, by persona and ring."""

from collections.abc import Iterator

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.entra.conditional_access_args import ConditionalAccessArgs, Places
from billing_identity.components.entra.conditional_access_personas import policies
from billing_identity.components.errors import ComponentInputError

MAX_POLICIES = 195
"""Policies of a tenant (Microsoft Entra service limits)."""


class ConditionalAccess(pulumi.ComponentResource):
    """Policies CA001 to CA600. Each names what it blocks or asks for; the emergency groups are out of all.

    Moving a ring forward changes `state` and nothing else. Raises ComponentInputError, with every fault,
    without an emergency group, allowed countries or rings; where a later ring is enforced before an earlier
    one; for a network that `zones` doesn't have; for more policies than a tenant may have.
    """

    def __init__(
        self, name: str, args: ConditionalAccessArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:ConditionalAccess", name, None, opts)
        if faults := list(_faults(args)):
            raise ComponentInputError("\n".join(f"{name}: {fault}" for fault in faults))
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


def _faults(args: ConditionalAccessArgs) -> Iterator[str]:
    if not args["break_glass_groups"]:
        yield "break_glass_groups: name the declared emergency group"
    if not args["allowed_countries"]:
        yield "allowed_countries: at least one"
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
