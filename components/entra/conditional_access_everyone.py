"""What every sign-in must pass, whoever it is: protocols, flows, countries, platforms, risk, networks."""

from collections.abc import Iterator

import pulumi_azuread as azuread

from billing_identity.components.entra import conditional_access_parts as parts
from billing_identity.components.entra.conditional_access_args import (
    ConditionalAccessArgs,
    Places,
    by_ring,
)
from billing_identity.components.entra.conditional_access_parts import Policy

KNOWN_PLATFORMS = ("android", "iOS", "linux", "macOS", "windows")


def everyone(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    """CA001 to CA030, CA400, CA401 for each ring, and CA010, which no rollout holds up."""
    block = parts.block()
    for end, who, users, on in by_ring(args):
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


def tier_networks(args: ConditionalAccessArgs, places: Places) -> Iterator[Policy]:
    """A block excludes nobody but the emergency groups: administrators have these networks anyway."""
    for end, who, users, on in by_ring(args):
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
