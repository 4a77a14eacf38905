"""What the workforce must pass: its factor, its device, its tiers, and the registration of factors."""

from collections.abc import Iterator

from billing_identity.components.entra import conditional_access_parts as parts
from billing_identity.components.entra.conditional_access_args import ConditionalAccessArgs, by_ring
from billing_identity.components.entra.conditional_access_parts import Policy


def workforce(args: ConditionalAccessArgs) -> Iterator[Policy]:
    """CA200 to CA240, CA300 to CA320 and CA410 for each ring; administrators and guests have their own."""
    native = args["administrator_groups"]
    strong = parts.strength(args["workforce_strength"])
    for end, who, users, on in by_ring(args, but=native, guests=False):
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
        yield Policy(
            f"device-joining{end}",
            f"CA320 - workforce{who} - registering or joining a device takes the factor",
            users,
            on,
            strong,
            applications=parts.joining(),
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
