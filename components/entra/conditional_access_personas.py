"""The conditional access baseline, persona by persona: what each kind of person (and program) must pass."""

from collections.abc import Iterator

import pulumi_azuread as azuread

from billing_identity.components.entra import conditional_access_parts as parts
from billing_identity.components.entra.conditional_access_args import ConditionalAccessArgs, Places
from billing_identity.components.entra.conditional_access_everyone import everyone, tier_networks
from billing_identity.components.entra.conditional_access_parts import Policy, Users
from billing_identity.components.entra.conditional_access_workforce import workforce

HIGHLY_PRIVILEGED_ROLES = (
    "62e90394-69f5-4237-9190-012177145e10",  # Global Administrator
    "e8611ab8-c189-46e8-94e1-60213ab1f814",  # Privileged Role Administrator
    "fe930be7-5e62-47db-91af-98c3a49a38b1",  # User Administrator
    "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",  # SharePoint Administrator
    "29232cdf-9323-42fd-ade2-1d097af3e4de",  # Exchange Administrator
    "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",  # Hybrid Identity Administrator
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",  # Application Administrator
    "158c047a-c907-4556-b7ef-446551a6b5f7",  # Cloud Application Administrator
)
"""Template ids of the eight roles of SCuBA MS.AAD.3.6 (Microsoft Entra built-in roles reference)."""


def policies(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    """Every policy of the baseline, in the order of its number."""
    yield from everyone(args, places)
    yield from _administrators(args, places)
    yield from workforce(args)
    yield from tier_networks(args, places)
    yield from _outside(args)
    yield from _workloads(args, places)


def _administrators(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    emergency, groups = args["break_glass_groups"], args["administrator_groups"]
    on = args["rings"][0]["enforced"]
    users = parts.members(groups, emergency)
    yield Policy(
        "administrators",
        "CA100 - administrators - phishing-resistant, native",
        parts.members(groups, emergency, roles=HIGHLY_PRIVILEGED_ROLES),
        on,
        parts.strength(args["administrator_strength"]),
        parts.asked_again(args["administrator_session_hours"], persistent=False),
    )
    yield Policy(
        "administrator-registration",
        "CA110 - administrators - protected registration of sign-in methods",
        users,
        on,
        parts.strength(args["bootstrap_strength"]),
        applications=parts.registering(),
    )
    yield Policy(
        "administrator-device-joining",
        "CA111 - administrators - registering or joining a device takes the native factor",
        users,
        on,
        parts.strength(args["administrator_strength"]),
        applications=parts.joining(),
    )
    if args["managed_device"]:
        yield Policy(
            "administrator-device",
            "CA120 - administrators - managed device",
            users,
            on,
            parts.managed_device(),
        )
    if zones := args.get("administrator_zones"):
        yield Policy(
            "administrator-networks",
            "CA130 - administrators - block outside the company's networks",
            users,
            on,
            parts.block(),
            locations=parts.outside(*(places[zone] for zone in sorted(zones))),
        )


def _outside(args: ConditionalAccessArgs) -> Iterator[Policy]:
    emergency, rings = args["break_glass_groups"], args["rings"]
    on = rings[min(1, len(rings) - 1)]["enforced"]
    users = parts.outsiders(emergency)
    hours = min([args["session_hours"], *(tier["hours"] for tier in args.get("tiers", ()))])
    yield Policy(
        "guests",
        "CA500 - people from outside - second factor and short sessions",
        users,
        on,
        # What they can prove is their own company's: no strength of this tenant is theirs to meet.
        parts.Grant(operator="OR", built_in_controls=["mfa"]),
        parts.asked_again(hours, persistent=False),
    )
    yield Policy(
        "guests-applications",
        "CA510 - people from outside - block all but vendors' applications",
        users,
        on,
        parts.block(),
        applications=parts.to("All", but=args.get("guest_applications", ())),
    )
    if vendors := args.get("vendor_groups"):
        yield Policy(
            "vendors",
            "CA520 - vendors' staff - strong authentication and the shortest sessions",
            parts.members(vendors, emergency, but=args["administrator_groups"]),
            on,
            parts.strength(args["workforce_strength"]),
            parts.asked_again(hours, persistent=False),
        )


def _workloads(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    programs = args.get("workloads", ())
    for zone in sorted({program["zone"] for program in programs}):
        yield Policy(
            f"workloads-{zone}",
            f"CA600 - programs of {zone} - block outside their network",
            Users(included_users=["None"]),
            args["rings"][-1]["enforced"],
            parts.block(),
            workloads=azuread.ConditionalAccessPolicyConditionsClientApplicationsArgs(
                included_service_principals=[p["object_id"] for p in programs if p["zone"] == zone]
            ),
            locations=parts.outside(places[zone]),
        )
