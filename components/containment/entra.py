"""Containment in Entra: members of the contained group, blocked addresses, withdrawn applications."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components import limits
from billing_identity.components.errors import ComponentInputError


class EntraContainmentArgs(TypedDict):
    """Arguments of EntraContainment."""

    contained_group: pulumi.Input[str]
    """Object id of the group that conditional access blocks; it belongs to the identity layer."""
    break_glass_groups: Sequence[str]
    """Object ids of the emergency groups, which no policy meets."""
    users: Sequence[str]
    """Object ids of the contained people."""
    blocked_networks: Sequence[str]
    """CIDR ranges from which nobody signs in."""
    withdrawn_applications: Sequence[pulumi.Input[str]]
    """Client ids of the applications that nobody may reach."""


class EntraContainment(pulumi.ComponentResource):
    """One membership a person, one policy for blocked addresses, one for withdrawn applications.

    Nothing is declared that no incident asks for. Raises ComponentInputError without an emergency group, and
    for a blocked range that Entra does not take.
    """

    def __init__(
        self, name: str, args: EntraContainmentArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:containment:EntraContainment", name, None, opts)
        if not args["break_glass_groups"]:
            raise ComponentInputError(f"{name}: break_glass_groups: name the declared emergency group")
        limits.require_networks(name, "blocked_networks", args["blocked_networks"], limits.BLOCKED_NETWORK)
        child = pulumi.ResourceOptions(parent=self)
        for user in sorted(args["users"]):
            azuread.GroupMember(
                f"{name}-{user}",
                group_object_id=args["contained_group"],
                member_object_id=user,
                opts=child,
            )
        everyone = azuread.ConditionalAccessPolicyConditionsUsersArgs(
            included_users=["All"], excluded_groups=sorted(args["break_glass_groups"])
        )
        if args["blocked_networks"]:
            place = azuread.NamedLocation(
                f"{name}-blocked",
                display_name="Blocked by an incident",
                ip=azuread.NamedLocationIpArgs(ip_ranges=sorted(args["blocked_networks"]), trusted=False),
                opts=child,
            )
            _block(
                f"{name}-blocked",
                "CA011 - everyone - block addresses of an incident",
                azuread.ConditionalAccessPolicyConditionsArgs(
                    client_app_types=["all"],
                    applications=azuread.ConditionalAccessPolicyConditionsApplicationsArgs(
                        included_applications=["All"]
                    ),
                    users=everyone,
                    locations=azuread.ConditionalAccessPolicyConditionsLocationsArgs(
                        included_locations=[place.object_id]
                    ),
                ),
                child,
            )
        if args["withdrawn_applications"]:
            _block(
                f"{name}-withdrawn",
                "CA012 - everyone - block applications withdrawn by an incident",
                azuread.ConditionalAccessPolicyConditionsArgs(
                    client_app_types=["all"],
                    applications=azuread.ConditionalAccessPolicyConditionsApplicationsArgs(
                        included_applications=list(args["withdrawn_applications"])
                    ),
                    users=everyone,
                ),
                child,
            )
        self.register_outputs({})


def _block(
    name: str,
    title: str,
    conditions: azuread.ConditionalAccessPolicyConditionsArgs,
    options: pulumi.ResourceOptions,
) -> None:
    azuread.ConditionalAccessPolicy(
        name,
        display_name=title,
        state="enabled",
        conditions=conditions,
        grant_controls=azuread.ConditionalAccessPolicyGrantControlsArgs(
            operator="OR", built_in_controls=["block"]
        ),
        opts=options,
    )
