"""Tiers, rings, networks and persons of the catalogue as authentication strengths and conditional access."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi

from billing_identity.components.entra.authentication_strengths import AuthenticationStrengthsArgs
from billing_identity.components.entra.conditional_access_args import (
    ConditionalAccessArgs,
    TierRule,
    Workload,
)
from billing_identity.components.entra.conditional_access_parts import Ring
from billing_identity.roles.model.access_policy import AccessPolicy, Tier
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.entra import OFFICE_365, FirstParty
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Factor, Provider
from billing_identity.stacks.bind.entra.groups import federated
from billing_identity.stacks.settings import EntraSettings, Settings

COMBINATIONS = {
    Factor.FIDO2: "fido2",
    Factor.DEVICE_BOUND: "windowsHelloForBusiness",
    Factor.CERTIFICATE: "x509CertificateMultiFactor",
}
"""Entra's names of the factors that resist phishing. The weaker ones satisfy no strength of this tenant."""
EVERY_SIGN_IN = 1
"""Hours that stand for "at every sign-in": the shortest time that Entra takes for every application."""


def entra_systems(catalogue: Catalogue) -> list[System]:
    """Systems that people reach through Entra."""
    return [system for system in catalogue.systems.values() if system.identity.provider is Provider.ENTRA]


def used_tiers(catalogue: Catalogue) -> dict[str, Tier]:
    """Tiers of the systems in Entra by name, sorted; all of them where there is no such system."""
    tiers = catalogue.access_policy.tiers
    names = {str(system.tier) for system in entra_systems(catalogue)} or set(tiers)
    return {name: tiers[name] for name in sorted(names)}


def hours(tier: Tier) -> int:
    """Hours after which a tier asks for the sign-in again."""
    return min(tier.reauthenticate_hours or EVERY_SIGN_IN, tier.session.lifetime_hours)


def administration(catalogue: Catalogue) -> Tier:
    """The tier that administrators sign in under: that of the admin centres, or else the strictest used."""
    used = used_tiers(catalogue)
    for system in entra_systems(catalogue):
        if system.identity.first_party is FirstParty.ADMIN_CENTERS:
            return used[system.tier]
    return min(used.values(), key=lambda tier: (hours(tier), tier.session.lifetime_hours))


def strengths(catalogue: Catalogue) -> AuthenticationStrengthsArgs:
    """Which strengths the tenant needs."""
    accepted = {
        COMBINATIONS[factor] for factor in administration(catalogue).factors if factor in COMBINATIONS
    }
    args: AuthenticationStrengthsArgs = {"federated": federated(catalogue.access_policy)}
    if accepted:
        args["administrator_combinations"] = sorted(accepted)
    return args


def rings(policy: AccessPolicy, groups: Mapping[str, Sequence[pulumi.Input[str]]]) -> list[Ring]:
    """The rollout: rings without anybody in them are left out, the last one always stays."""
    reached = policy.rings.index(policy.enforced_ring)
    last = len(policy.rings) - 1
    return [
        {"name": ring, "groups": groups.get(ring, ()), "enforced": number <= reached}
        for number, ring in enumerate(policy.rings)
        if number == last or groups.get(ring)
    ]


def tier_rules(
    catalogue: Catalogue,
    client_ids: Mapping[str, pulumi.Input[str]],
    workforce: pulumi.Input[str],
    narrow: pulumi.Input[str],
) -> list[TierRule]:
    """What each used tier asks on its applications. `client_ids` are those of the enterprise applications.

    `narrow` is for tiers that leave device-bound factors out; federated people meet `workforce` everywhere.
    """
    found: list[TierRule] = []
    for name, tier in used_tiers(catalogue).items():
        targets: dict[str, pulumi.Input[str]] = {}
        for system in entra_systems(catalogue):
            if system.tier != name:
                continue
            if system.identity.first_party is not None:
                target = system.identity.first_party.target
                targets[target] = target
            elif system.id in client_ids:
                targets[system.id] = client_ids[system.id]
        strict = tier.phishing_resistant and Factor.DEVICE_BOUND not in tier.factors
        native = not federated(catalogue.access_policy)
        found.append(
            {
                "name": name,
                "applications": [targets[key] for key in sorted(targets)],
                "hours": hours(tier),
                "strength": narrow if strict and native else workforce,
                "zones": tier.zones,
            }
        )
    return found


def conditional_access(
    catalogue: Catalogue,
    settings: Settings,
    entra: EntraSettings,
    *,
    contained: pulumi.Input[str],
    ring_groups: Mapping[str, Sequence[pulumi.Input[str]]],
    client_ids: Mapping[str, pulumi.Input[str]],
    vendor_groups: Sequence[pulumi.Input[str]],
    guest_applications: Sequence[pulumi.Input[str]],
    workloads: Sequence[Workload],
    workforce_strength: pulumi.Input[str],
    administrator_strength: pulumi.Input[str],
    bootstrap_strength: pulumi.Input[str],
) -> ConditionalAccessArgs:
    """The baseline of the tenant."""
    policy = catalogue.access_policy
    used = used_tiers(catalogue)
    admin = administration(catalogue)
    zones = {
        *(zone for tier in used.values() for zone in tier.zones),
        *admin.zones,
        *(program["zone"] for program in workloads),
    }
    limited = any(
        system.identity.first_party is not None and system.identity.first_party.target == OFFICE_365
        for system in entra_systems(catalogue)
    )
    args: ConditionalAccessArgs = {
        "break_glass_groups": [entra.break_glass_group],
        "administrator_groups": [entra.administrators_group],
        "contained_groups": [contained],
        "rings": rings(policy, ring_groups),
        "workforce_strength": workforce_strength,
        "administrator_strength": administrator_strength,
        "bootstrap_strength": bootstrap_strength,
        "allowed_countries": catalogue.organisation.countries,
        "zones": {zone: policy.zones[zone].cidrs for zone in sorted(zones)},
        "session_hours": max(hours(tier) for tier in used.values()),
        "administrator_session_hours": hours(admin),
        "administrator_zones": admin.zones,
        "tiers": tier_rules(catalogue, client_ids, workforce_strength, administrator_strength),
        "managed_device": any(tier.managed_device for tier in used.values()),
        "limit_unmanaged": [OFFICE_365] if limited else [],
        "risk_policies": settings.capabilities.entra_p2,
        "vendor_groups": vendor_groups,
        "guest_applications": guest_applications,
        "workloads": workloads,
    }
    if entra.terms_of_use is not None:
        args["terms_of_use"] = entra.terms_of_use
    return args
