"""Sign-in: network, session, enrolment, passwords, and the sign-on policy of each tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pulumi

from billing_identity.components.okta.behaviours import IMPOSSIBLE_TRAVEL, NEW_DEVICE, NEW_LOCATION
from billing_identity.components.okta.enrolment import EnrolmentArgs
from billing_identity.components.okta.network import ALLOWED_COUNTRIES, NetworkArgs
from billing_identity.components.okta.password_policy import PasswordPolicyArgs
from billing_identity.components.okta.session_policy import (
    STRICTEST_IDLE,
    STRICTEST_LIFETIME,
    SessionPolicyArgs,
)
from billing_identity.components.okta.sign_on_rules import SignOnPolicyArgs
from billing_identity.roles.model.access_policy import AccessPolicy, Tier
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import DataClass, Factor, Provider, RiskTag
from billing_identity.stacks.bind.people import group_access, groups, iso_hours
from billing_identity.stacks.settings import OktaSettings, Settings

STEP_UP = frozenset(
    {
        RiskTag.EXPORTS_IN_BULK,
        RiskTag.DISABLES_LOGGING,
        RiskTag.ADMINISTERS_IDENTITY,
        RiskTag.RESETS_CREDENTIALS,
        RiskTag.ADMINISTERS_KEYS,
        RiskTag.DESTROYS_KEYS,
        RiskTag.RELEASES_PAYMENTS,
        RiskTag.CHANGES_BANK_DETAILS,
    }
)
"""Entitlements whose holders prove a hardware key at every sign-in, whatever their tier asks."""
STIG = "disa-okta-stig"
STIG_LOCKOUT, STIG_MINIMUM_AGE, STIG_MAXIMUM_AGE = 3, 1440, 60
"""DISA Okta STIG 000170 (failures), 000740 (minutes) and 000745 (days)."""


@dataclass(frozen=True)
class Circumstances:
    """Ids of what was declared before the sign-on policies, for their rules.

    `enforced` is empty when the rollout is complete; `text_codes` is None when there is no fallback.
    """

    contained: pulumi.Input[str]
    break_glass: str
    zones: Mapping[str, pulumi.Input[str]]
    behaviours: Sequence[str]
    device_assurances: Sequence[pulumi.Input[str]]
    enforced: Sequence[pulumi.Input[str]]
    role_groups: Mapping[str, pulumi.Input[str]]
    text_codes: pulumi.Input[str] | None


def network(catalogue: Catalogue, settings: Settings) -> NetworkArgs:
    """The company's zones, the countries where its workforce sits, and what is blocked."""
    adaptive = settings.capabilities.okta_adaptive_mfa
    return {
        "zones": {name: zone.cidrs for name, zone in catalogue.access_policy.zones.items()},
        "block_anonymizers": adaptive,
        "allowed_countries": catalogue.organisation.countries if adaptive else (),
    }


def behaviours(settings: Settings) -> tuple[str, ...]:
    """Names of the unusual circumstances that are looked for; none without the adaptive licence."""
    return (NEW_DEVICE, NEW_LOCATION, IMPOSSIBLE_TRAVEL) if settings.capabilities.okta_adaptive_mfa else ()


def device_versions(policy: AccessPolicy, settings: Settings) -> Mapping[str, str]:
    """Lowest system version by platform; empty when devices are not looked at."""
    if not settings.capabilities.okta_device_trust or policy.devices is None:
        return {}
    return {str(platform): version for platform, version in policy.devices.minimum_os.items()}


def risky_roles(catalogue: Catalogue, tier: str, as_of: date) -> tuple[str, ...]:
    """Roles whose group carries a risky entitlement (`STEP_UP`) in a system of this tier in Okta, sorted."""
    return tuple(
        role.id
        for role in groups(catalogue)
        if any(
            catalogue.systems[held.system].tier == tier
            and catalogue.systems[held.system].identity.provider is Provider.OKTA
            and STEP_UP.intersection(catalogue.entitlement(held.entitlement).risks)
            for held in group_access(catalogue, role, as_of)
        )
    )


def text_codes_until(policy: AccessPolicy, as_of: date) -> date | None:
    """Last day of the fallback to text codes; None when there is none, or when it has passed."""
    if policy.sms_fallback is None:
        return None
    ends = date.fromisoformat(policy.sms_fallback.ends)
    return ends if as_of <= ends else None


def text_codes_allowed(catalogue: Catalogue, tier: str) -> bool:
    """Whether a tier may take text codes: only without ePHI, and never where it resists phishing."""
    return not catalogue.access_policy.tiers[tier].phishing_resistant and not any(
        system.tier == tier and DataClass.EPHI in system.data_classes for system in catalogue.systems.values()
    )


def sign_on_policy(
    catalogue: Catalogue, settings: Settings, name: str, known: Circumstances, as_of: date
) -> SignOnPolicyArgs:
    """The sign-on policy of an assurance tier."""
    tier = catalogue.access_policy.tiers[name]
    managed = tier.managed_device and settings.capabilities.okta_device_trust
    args: SignOnPolicyArgs = {
        "policy_name": f"tier-{name}",
        "description": tier.title,
        "contained_groups": [known.contained],
        "break_glass_groups": [known.break_glass],
        "phishing_resistant": tier.phishing_resistant,
        "hardware_protected": tier.phishing_resistant and Factor.DEVICE_BOUND not in tier.factors,
        "reauthenticate": iso_hours(tier.reauthenticate_hours),
        "idle": f"PT{tier.session.idle_minutes}M",
        "managed_device": managed,
        "deny_high_risk": settings.capabilities.okta_adaptive_mfa,
        "zones": _zones(tier, known),
        "device_assurances": known.device_assurances if managed else (),
        "enforced_groups": known.enforced,
        "step_up_groups": [
            known.role_groups[role]
            for role in risky_roles(catalogue, name, as_of)
            if role in known.role_groups
        ],
        "unusual_behaviours": known.behaviours,
    }
    if known.text_codes is not None and text_codes_allowed(catalogue, name):
        args["text_code_groups"] = [known.text_codes]
    return args


def peoples_zones(catalogue: Catalogue) -> tuple[str, ...]:
    """Networks that people sign in from, sorted: those of the tiers, or else those that no program uses.

    Where programs leave from, nobody sits: a factor enrolled there is an intruder's.
    """
    policy = catalogue.access_policy
    ours = {zone for tier in policy.tiers.values() for zone in tier.zones}
    programs = {account.zone for account in catalogue.service_accounts.values()}
    return tuple(sorted(ours or set(policy.zones) - programs))


def _zones(tier: Tier, known: Circumstances) -> list[pulumi.Input[str]]:
    """The tier's own zones; else the countries where the workforce sits, and the company's networks."""
    if tier.zones:
        return [known.zones[zone] for zone in tier.zones]
    return list(known.zones.values()) if ALLOWED_COUNTRIES in known.zones else []


def dashboard_policy(policy: AccessPolicy, settings: Settings, known: Circumstances) -> SignOnPolicyArgs:
    """Sign-on to Okta's own Dashboard, which stands in front of every application, those with ePHI included.

    Phishing-resistant (DISA Okta STIG 000180) from any device: what an application asks beyond that, its own
    tier asks.
    """
    sessions = [tier.session for tier in policy.tiers.values()]
    return {
        "policy_name": "dashboard",
        "description": "Okta Dashboard",
        "contained_groups": [known.contained],
        "break_glass_groups": [known.break_glass],
        "phishing_resistant": True,
        "hardware_protected": False,
        "reauthenticate": iso_hours(max(session.lifetime_hours for session in sessions)),
        "idle": f"PT{STRICTEST_IDLE}M",
        "managed_device": False,
        "deny_high_risk": settings.capabilities.okta_adaptive_mfa,
        "zones": list(known.zones.values()) if ALLOWED_COUNTRIES in known.zones else [],
        "enforced_groups": known.enforced,
        "unusual_behaviours": known.behaviours,
    }


def session_policy(
    policy: AccessPolicy,
    settings: Settings,
    okta: OktaSettings,
    known: Circumstances,
    behaviour_ids: Sequence[pulumi.Input[str]],
) -> SessionPolicyArgs:
    """The global session: as long as the longest tier, never longer than the strictest baselines allow.

    Each application's own policy asks again sooner where its tier is stricter.
    """
    sessions = [tier.session for tier in policy.tiers.values()]
    args: SessionPolicyArgs = {
        "policy_name": "workforce-session",
        "description": "Short sessions, second factor at every new one",
        "groups": [okta.everyone_group],
        "contained_groups": [known.contained],
        "break_glass_groups": [known.break_glass],
        "idle_minutes": min(STRICTEST_IDLE, max(session.idle_minutes for session in sessions)),
        "lifetime_minutes": min(STRICTEST_LIFETIME, 60 * max(session.lifetime_hours for session in sessions)),
        "allowed_zones": list(known.zones.values()) if ALLOWED_COUNTRIES in known.zones else [],
        "unusual_behaviours": behaviour_ids,
        "deny_high_risk": settings.capabilities.okta_adaptive_mfa,
    }
    if okta.default_session_policy is not None:
        args["default_policy_id"] = okta.default_session_policy
    return args


def enrolment(
    policy: AccessPolicy, settings: Settings, okta: OktaSettings, text_codes: pulumi.Input[str] | None
) -> EnrolmentArgs:
    """Who enrols which factor."""
    managed = any(tier.managed_device for tier in policy.tiers.values())
    args: EnrolmentArgs = {
        "policy_name": "workforce-enrolment",
        "groups": [okta.everyone_group],
        "fips": True,
        "verify_required": managed and settings.capabilities.okta_device_trust,
        "break_glass_groups": [okta.break_glass_group],
        "passkey_limits": okta.passkey_limits,
    }
    if text_codes is not None:
        args["text_code_groups"] = [text_codes]
    return args


def password_policy(policy: AccessPolicy, okta: OktaSettings) -> PasswordPolicyArgs:
    """The organisation's passwords; the STIG profile sets what the STIG asks, against NIST's advice."""
    rules, stig = policy.passwords, policy.profile == STIG
    return {
        "policy_name": "workforce-passwords",
        "groups": [okta.everyone_group],
        "minimum_length": rules.minimum_length,
        "history": rules.history,
        "lockout_attempts": min(rules.lockout_attempts, STIG_LOCKOUT) if stig else rules.lockout_attempts,
        "maximum_age_days": min(rules.maximum_age_days or STIG_MAXIMUM_AGE, STIG_MAXIMUM_AGE)
        if stig
        else rules.maximum_age_days,
        "composition": rules.composition or stig,
        "minimum_age_minutes": STIG_MINIMUM_AGE if stig else 0,
        "recovery_by_policy": okta.account_management_policy is not None,
    }
