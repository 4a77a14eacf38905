"""Network, behaviours, devices, factors, passwords, sessions, and the sign-on policy of each tier."""

from __future__ import annotations

from dataclasses import dataclass

from billing_identity.components.okta.account_management import AccountManagement
from billing_identity.components.okta.behaviours import Behaviours
from billing_identity.components.okta.device_assurance import DeviceAssurance
from billing_identity.components.okta.enrolment import Enrolment
from billing_identity.components.okta.first_party import FirstPartyPolicy
from billing_identity.components.okta.network import Network
from billing_identity.components.okta.password_policy import PasswordPolicy
from billing_identity.components.okta.session_policy import SessionPolicy
from billing_identity.components.okta.sign_on_policy import SignOnPolicy
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.bind.okta import administration
from billing_identity.stacks.bind.okta import sign_in as bind
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.okta.groups import Groups
from billing_identity.stacks.layers.shared import after
from billing_identity.stacks.settings import OktaSettings

KNOWN_AFTER = 20
"""Sign-ins after which a device or place is known (Okta's own default for a new device)."""
AIRLINER = 805
"""Kilometres per hour (Okta's own default for velocity)."""


@dataclass(frozen=True)
class SignIn:
    """What applications and consoles are attached to. `tiers` is by tier."""

    network: Network
    known: bind.Circumstances
    tiers: dict[str, SignOnPolicy]


def declare(context: Context, okta: OktaSettings, groups: Groups) -> SignIn:
    """Declares everything that a sign-in meets, the applications and consoles left out."""
    catalogue, settings, policy = context.catalogue, context.settings, context.catalogue.access_policy
    options = context.providers.with_okta()
    network = Network("network", bind.network(catalogue, settings), options)
    names = bind.behaviours(settings)
    behaviours = (
        Behaviours("behaviours", {"known_after": KNOWN_AFTER, "velocity": AIRLINER}, options)
        if names
        else None
    )
    versions = bind.device_versions(policy, settings)
    devices = DeviceAssurance("devices", {"minimum_os": versions}, options) if versions else None
    known = bind.Circumstances(
        contained=groups.contained,
        break_glass=okta.break_glass_group,
        zones=network.zone_ids,
        behaviours=names,
        device_assurances=list(devices.ids.values()) if devices is not None else [],
        enforced=groups.enforced(context),
        role_groups=groups.roles,
        text_codes=groups.text_codes,
    )
    # A rule knows a behaviour by its name, which waits for nothing: the policies wait for the component.
    before = [behaviours] if behaviours is not None else []
    Enrolment("enrolment", bind.enrolment(policy, settings, okta, groups.text_codes), options)
    PasswordPolicy("passwords", bind.password_policy(policy, okta), options)
    SessionPolicy(
        "session",
        bind.session_policy(
            policy, settings, okta, known, list(behaviours.ids.values()) if behaviours is not None else []
        ),
        options,
    )
    used = sorted(
        {
            str(system.tier)
            for system in catalogue.systems.values()
            if system.identity.provider is Provider.OKTA
        }
    )
    tiers = {
        name: SignOnPolicy(
            f"tier-{name}",
            bind.sign_on_policy(catalogue, settings, name, known, context.as_of),
            after(options, *before),
        )
        for name in used
    }
    return SignIn(network, known, tiers)


def consoles(context: Context, okta: OktaSettings, signed: SignIn, groups: Groups) -> None:
    """Okta's own applications last: the console that could undo a mistake is the last to get stricter."""
    options = context.providers.with_okta()
    dashboard = SignOnPolicy(
        "dashboard",
        bind.dashboard_policy(context.catalogue.access_policy, context.settings, signed.known),
        after(options, *signed.tiers.values()),
    )
    FirstPartyPolicy(
        "okta-dashboard",
        {"app_id": okta.dashboard_app, "policy_id": dashboard.policy_id},
        after(options, dashboard),
    )
    if okta.account_management_policy is not None:
        AccountManagement(
            "account-management",
            {
                "policy_id": okta.account_management_policy,
                "contained_groups": [groups.contained],
                "recovery_groups": [groups.recovery],
                "company_zones": [
                    signed.network.zone_ids[zone] for zone in bind.peoples_zones(context.catalogue)
                ],
            },
            options,
        )
    system = administration.console(context.catalogue)
    if system is not None:
        tier = signed.tiers[system.tier]
        FirstPartyPolicy(
            system.id,
            {"app_id": okta.admin_console_app, "policy_id": tier.policy_id},
            after(options, tier),
        )
        context.index[f"okta/{system.id}"] = f"system:{system.id}"
