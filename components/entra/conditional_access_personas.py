"""The conditional access baseline, persona by persona: what each kind of person (and program) must pass."""

from collections.abc import Iterator, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.entra import conditional_access_parts as parts
from billing_identity.components.entra.conditional_access_parts import Policy, Ring, Users

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
KNOWN_PLATFORMS = ("android", "iOS", "linux", "macOS", "windows")


class TierRule(TypedDict):
    """What one assurance tier asks on the applications that belong to it."""

    name: str
    applications: Sequence[pulumi.Input[str]]
    hours: int
    """Hours after which the sign-in is asked for again."""
    strength: pulumi.Input[str]
    zones: Sequence[str]
    """Names of the networks that it may be used from; empty for anywhere."""


class Workload(TypedDict):
    """A program's identity and the network that it calls from."""

    object_id: pulumi.Input[str]
    zone: str


class ConditionalAccessArgs(TypedDict):
    """Arguments of ConditionalAccess. Ids of groups are object ids; of strengths, ids with the path."""

    break_glass_groups: Sequence[str]
    """Declared emergency groups: excluded from every policy, and nobody else is."""
    administrator_groups: Sequence[str]
    """Cloud-only administrators, outside the federation: they prove themselves natively."""
    contained_groups: Sequence[pulumi.Input[str]]
    """Groups that may not sign in at all."""
    rings: Sequence[Ring]
    """Rollout in order; the last is everybody. Administrators follow the first, people from outside the
    second."""
    workforce_strength: pulumi.Input[str]
    administrator_strength: pulumi.Input[str]
    bootstrap_strength: pulumi.Input[str]
    """For administrators who register their first key."""
    allowed_countries: Sequence[str]
    """ISO 3166 codes; sign-ins from elsewhere are blocked."""
    zones: NotRequired[dict[str, Sequence[str]]]
    """Networks by name, each a list of CIDR ranges."""
    session_hours: int
    """Hours after which anybody is asked again, whatever the application."""
    administrator_session_hours: int
    administrator_zones: NotRequired[Sequence[str]]
    """Networks that administrators may sign in from; empty for anywhere."""
    tiers: NotRequired[Sequence[TierRule]]
    managed_device: bool
    """Whether workforce and administrators need a compliant or domain-joined device."""
    limit_unmanaged: NotRequired[Sequence[pulumi.Input[str]]]
    """Applications that enforce their own limits in unmanaged browsers (Exchange and SharePoint do)."""
    terms_of_use: NotRequired[str]
    """Id of an agreement that the workforce accepts first."""
    risk_policies: bool
    """Whether sign-in and user risk count (Entra ID P2)."""
    vendor_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """Staff of vendors with accounts of this tenant."""
    guest_applications: NotRequired[Sequence[pulumi.Input[str]]]
    """The applications that people from outside may reach; every other is blocked for them."""
    workloads: NotRequired[Sequence[Workload]]
    """Programs held to their networks (Workload ID)."""


Places = dict[str, pulumi.Input[str]]
"""Object ids of the named locations: `countries`, and each zone by its name."""


def policies(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    """Every policy of the baseline, in the order of its number."""
    yield from _everyone(args, places)
    yield from _administrators(args, places)
    yield from _workforce(args, places)
    yield from _outside(args)
    yield from _workloads(args, places)


def _rings(
    args: ConditionalAccessArgs, *, but: Sequence[str] = (), guests: bool = True
) -> Iterator[tuple[str, str, Users, bool]]:
    """For each ring: end of the slug, end of the title, people, whether it is enforced.

    The last ring's policies are named without the ring: they are the baseline that stays.
    """
    *early, last = args["rings"]
    emergency = args["break_glass_groups"]
    for ring in early:
        users = parts.members(ring["groups"], emergency, but=but)
        yield f"-{ring['name']}", f" ({ring['name']})", users, ring["enforced"]
    yield "", "", parts.everybody(emergency, but=but, guests=guests), last["enforced"]


def _everyone(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    block = parts.block()
    for end, who, users, on in _rings(args):
        yield Policy(
            f"legacy{end}",
            f"CA001 - everyone{who} - block legacy authentication",
            users,
            on,
            block,
            clients=("exchangeActiveSync", "other"),
        )
        for slug, number, flow, what in (
            ("device-code", "CA002", "deviceCodeFlow", "device code flow"),
            ("transfer", "CA003", "authenticationTransfer", "authentication transfer"),
        ):
            title = f"{number} - everyone{who} - block {what}"
            yield Policy(f"{slug}{end}", title, users, on, block, flows=(flow,))
        yield Policy(
            f"countries{end}",
            f"CA020 - everyone{who} - block outside the allowed countries",
            users,
            on,
            block,
            locations=parts.outside(places["countries"]),
        )
        yield Policy(
            f"platforms{end}",
            f"CA030 - everyone{who} - block unknown platforms",
            users,
            on,
            block,
            platforms=azuread.ConditionalAccessPolicyConditionsPlatformsArgs(
                included_platforms=["all"], excluded_platforms=list(KNOWN_PLATFORMS)
            ),
        )
        if args["risk_policies"]:
            for slug, number, what in (
                ("sign-in-risk", "CA400", "sign-ins"),
                ("user-risk", "CA401", "users"),
            ):
                yield Policy(
                    f"{slug}{end}",
                    f"{number} - everyone{who} - block {what} of high risk",
                    users,
                    on,
                    block,
                    sign_in_risk=("high",) if slug == "sign-in-risk" else (),
                    user_risk=("high",) if slug == "user-risk" else (),
                )
    if args["contained_groups"]:
        # Never in report-only mode: an incident doesn't wait for a rollout.
        yield Policy(
            "contained",
            "CA010 - contained by an incident - block",
            parts.members(args["contained_groups"], args["break_glass_groups"]),
            True,
            block,
        )


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


def _workforce(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    native = args["administrator_groups"]
    strong = parts.strength(args["workforce_strength"])
    for end, who, users, on in _rings(args, but=native, guests=False):
        yield Policy(
            f"workforce{end}",
            f"CA200 - workforce{who} - strong authentication and short sessions",
            users,
            on,
            strong,
            parts.asked_again(args["session_hours"], persistent=False),
        )
        if args["managed_device"]:
            yield Policy(
                f"device{end}", f"CA210 - workforce{who} - managed device", users, on, parts.managed_device()
            )
        for tier in args.get("tiers", ()):
            if not tier["applications"]:
                continue
            yield Policy(
                f"tier-{tier['name']}{end}",
                f"CA220 - workforce{who} - sign-in of tier {tier['name']}",
                users,
                on,
                parts.strength(tier["strength"]),
                parts.asked_again(tier["hours"]),
                parts.to(*tier["applications"]),
            )
        if limited := args.get("limit_unmanaged"):
            yield Policy(
                f"unmanaged{end}",
                f"CA230 - workforce{who} - limited browser sessions on unmanaged devices",
                users,
                on,
                session=parts.Session(application_enforced_restrictions_enabled=True),
                applications=parts.to(*limited),
                clients=("browser",),
            )
        if terms := args.get("terms_of_use"):
            grant = parts.Grant(operator="OR", terms_of_uses=[terms])
            yield Policy(f"terms{end}", f"CA240 - workforce{who} - terms of use", users, on, grant)
        yield Policy(
            f"registration{end}",
            f"CA300 - workforce{who} - protected registration of sign-in methods",
            users,
            on,
            strong,
            applications=parts.registering(),
        )
        if args["managed_device"]:
            yield Policy(
                f"registration-device{end}",
                f"CA310 - workforce{who} - registration of sign-in methods from a managed device",
                users,
                on,
                parts.managed_device(),
                applications=parts.registering(),
            )
        if args["risk_policies"]:
            yield Policy(
                f"step-up{end}",
                f"CA410 - workforce{who} - sign-ins of medium risk prove themselves again",
                users,
                on,
                strong,
                parts.asked_again(1),
                sign_in_risk=("medium",),
            )
    yield from _tier_networks(args, places)


def _tier_networks(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    """A block excludes nobody but the emergency groups: administrators have these networks anyway."""
    for end, who, users, on in _rings(args):
        for tier in args.get("tiers", ()):
            if tier["applications"] and tier["zones"]:
                yield Policy(
                    f"networks-{tier['name']}{end}",
                    f"CA250 - everyone{who} - block tier {tier['name']} outside its networks",
                    users,
                    on,
                    parts.block(),
                    applications=parts.to(*tier["applications"]),
                    locations=parts.outside(*(places[zone] for zone in sorted(tier["zones"]))),
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
