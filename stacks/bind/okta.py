"""Catalogue and settings as arguments of the Okta components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pulumi

from billing_identity.components.okta import expressions
from billing_identity.components.okta.application import ApplicationArgs, GroupGrant
from billing_identity.components.okta.assigned_group import AssignedGroupArgs
from billing_identity.components.okta.enrolment import EnrolmentArgs
from billing_identity.components.okta.network import NetworkArgs
from billing_identity.components.okta.password_policy import PasswordPolicyArgs
from billing_identity.components.okta.profile_attributes import ProfileAttributesArgs
from billing_identity.components.okta.rule_group import RuleGroupArgs
from billing_identity.components.okta.session_policy import (
    STRICTEST_IDLE,
    STRICTEST_LIFETIME,
    SessionPolicyArgs,
)
from billing_identity.components.okta.sign_on_policy import SignOnPolicyArgs
from billing_identity.roles.model.access_policy import AccessPolicy, Tier
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Factor, Federation
from billing_identity.roles.naming import client_group_name, role_group_name
from billing_identity.stacks.bind.people import (
    iso_hours,
    job_codes,
    note,
    role_data_classes,
    system_grants,
    training_gated,
)
from billing_identity.stacks.settings import Settings


def profile_attributes(policy: AccessPolicy) -> ProfileAttributesArgs:
    """The attributes that HR feeds, in the order of the policy."""
    return {
        "attributes": [
            {
                "index": attribute.okta,
                "title": attribute.title,
                "array": attribute.type == "array",
                "values": attribute.values,
            }
            for attribute in policy.hr.attributes.values()
        ]
    }


def role_condition(catalogue: Catalogue, role: Role, as_of: date) -> str:
    """Who is in a role's group: at work, trained where ePHI is reached, with one of the job codes."""
    hr = catalogue.access_policy.hr
    conditions = [expressions.equals(hr.attributes["employment_status"].okta, hr.active)]
    if training_gated(catalogue, role, as_of):
        conditions.append(expressions.equals(hr.attributes["training_status"].okta, hr.trained))
    job_code = hr.attributes["job_code"].okta
    conditions.append(
        expressions.any_of([expressions.equals(job_code, code) for code in job_codes(catalogue, role)])
    )
    return expressions.all_of(conditions)


def rule_group(catalogue: Catalogue, settings: Settings, role: Role, as_of: date) -> RuleGroupArgs:
    """The group of a role that job codes give."""
    args: RuleGroupArgs = {
        "group_name": role_group_name(role.id),
        "description": _describe(catalogue, role, as_of),
        "rule_name": f"jml-{role.id}",
        "condition": role_condition(catalogue, role, as_of),
    }
    if (adopted := settings.adopted.get(f"role:{role.id}")) is not None:
        args["adopt_group"] = adopted
    return args


def assigned_group(catalogue: Catalogue, settings: Settings, role: Role, as_of: date) -> AssignedGroupArgs:
    """The group of a role that is requested or assigned."""
    args: AssignedGroupArgs = {
        "group_name": role_group_name(role.id),
        "description": _describe(catalogue, role, as_of),
    }
    if (adopted := settings.adopted.get(f"role:{role.id}")) is not None:
        args["adopt_group"] = adopted
    return args


def _describe(catalogue: Catalogue, role: Role, as_of: date) -> str:
    classes = role_data_classes(catalogue, role, as_of)
    return f"{role.title}. {note(f'role:{role.id}', role.owner, classes)}"


def client_group(policy: AccessPolicy, client: Client) -> RuleGroupArgs:
    """The group of people whom HR assigned to a client."""
    hr = policy.hr
    return {
        "group_name": client_group_name(client.id),
        "description": f"Assigned to {client.title}. {note(f'client:{client.id}', client.account_owner)}",
        "rule_name": f"client-{client.id}",
        "condition": expressions.all_of(
            [
                expressions.equals(hr.attributes["employment_status"].okta, hr.active),
                expressions.contains(hr.attributes["clients"].okta, client.code),
            ]
        ),
    }


def network(policy: AccessPolicy, settings: Settings) -> NetworkArgs:
    """The company's zones and what is blocked."""
    return {
        "zones": {name: zone.cidrs for name, zone in policy.zones.items()},
        "block_anonymizers": settings.capabilities.okta_adaptive_mfa,
    }


def sign_on_policy(
    name: str,
    tier: Tier,
    settings: Settings,
    zones: Mapping[str, pulumi.Input[str]],
    contained: pulumi.Input[str],
    break_glass: str,
) -> SignOnPolicyArgs:
    """The sign-on policy of an assurance tier."""
    return {
        "policy_name": f"tier-{name}",
        "description": tier.title,
        "contained_groups": [contained],
        "break_glass_groups": [break_glass],
        "allowed_groups": [],
        "phishing_resistant": tier.phishing_resistant,
        "hardware_protected": tier.phishing_resistant and Factor.DEVICE_BOUND not in tier.factors,
        "reauthenticate": iso_hours(tier.reauthenticate_hours),
        "idle": f"PT{tier.session.idle_minutes}M",
        "managed_device": tier.managed_device and settings.capabilities.okta_device_trust,
        "deny_high_risk": settings.capabilities.okta_adaptive_mfa,
        "zones": [zones[zone] for zone in tier.zones],
    }


def dashboard_policy(
    policy: AccessPolicy, settings: Settings, contained: pulumi.Input[str], break_glass: str
) -> SignOnPolicyArgs:
    """Sign-on to Okta's own Dashboard, which stands in front of every application, those with ePHI included.

    Phishing-resistant (DISA Okta STIG 000180) from any device and network: what an application asks beyond
    that, its own tier asks.
    """
    sessions = [tier.session for tier in policy.tiers.values()]
    return {
        "policy_name": "dashboard",
        "description": "Okta Dashboard",
        "contained_groups": [contained],
        "break_glass_groups": [break_glass],
        "allowed_groups": [],
        "phishing_resistant": True,
        "hardware_protected": False,
        "reauthenticate": iso_hours(max(session.lifetime_hours for session in sessions)),
        "idle": f"PT{STRICTEST_IDLE}M",
        "managed_device": False,
        "deny_high_risk": settings.capabilities.okta_adaptive_mfa,
        "zones": [],
    }


def session_policy(
    policy: AccessPolicy, groups: Sequence[pulumi.Input[str]], contained: pulumi.Input[str]
) -> SessionPolicyArgs:
    """The global session: as long as the longest tier, never longer than the strictest baselines allow.

    Each application's own policy asks again sooner where its tier is stricter.
    """
    sessions = [tier.session for tier in policy.tiers.values()]
    return {
        "policy_name": "workforce-session",
        "description": "Short sessions, second factor at every new one",
        "groups": groups,
        "contained_groups": [contained],
        "idle_minutes": min(STRICTEST_IDLE, max(session.idle_minutes for session in sessions)),
        "lifetime_minutes": min(STRICTEST_LIFETIME, 60 * max(session.lifetime_hours for session in sessions)),
    }


def enrolment(groups: Sequence[pulumi.Input[str]]) -> EnrolmentArgs:
    """Who enrols which factor."""
    return {"policy_name": "workforce-enrolment", "groups": groups, "fips": True}


def password_policy(policy: AccessPolicy, groups: Sequence[pulumi.Input[str]]) -> PasswordPolicyArgs:
    """The organisation's passwords."""
    rules = policy.passwords
    return {
        "policy_name": "workforce-passwords",
        "groups": groups,
        "minimum_length": rules.minimum_length,
        "history": rules.history,
        "lockout_attempts": rules.lockout_attempts,
        "maximum_age_days": rules.maximum_age_days,
        "composition": rules.composition,
    }


def application(
    catalogue: Catalogue,
    settings: Settings,
    system: System,
    policy_id: pulumi.Input[str],
    groups: Mapping[str, pulumi.Input[str]],
    as_of: date,
) -> ApplicationArgs:
    """A federated system as an application. `groups` are the role groups' ids by role.

    Raises LookupError when what the protocol needs is missing; the catalogue's checks say it with its line.
    """
    grants: list[GroupGrant] = [
        {
            "name": role,
            "group_id": groups[role],
            "entitlements": entitlements,
            "app_roles": [_app_role(catalogue, entitlement) for entitlement in entitlements],
        }
        for role, entitlements in system_grants(catalogue, system.id, as_of).items()
    ]
    args: ApplicationArgs = {
        "label": system.title,
        "policy_id": policy_id,
        "grants": grants,
        "note": note(f"system:{system.id}", system.owner, system.data_classes),
        "clients_attribute": catalogue.access_policy.hr.attributes["clients"].okta,
    }
    identity = system.identity
    if identity.federation is Federation.PERMISSION_SET:
        center = settings.aws.identity_center
        if center is None:
            raise LookupError(f"system:{system.id}: the settings name no IAM Identity Center")
        args["saml"] = {"sso_url": center.acs_url, "audience": center.issuer, "identity_center": True}
    elif identity.federation is Federation.OIDC:
        if identity.jwks_uri is None or not identity.redirect_uris:
            raise LookupError(f"system:{system.id}: OIDC needs redirect_uris and jwks_uri")
        args["oidc"] = {"redirect_uris": identity.redirect_uris, "jwks_uri": identity.jwks_uri}
    else:
        if identity.sso_url is None or identity.audience is None:
            raise LookupError(f"system:{system.id}: SAML needs sso_url and audience")
        args["saml"] = {"sso_url": identity.sso_url, "audience": identity.audience}
    return args


def _app_role(catalogue: Catalogue, reference: str) -> str:
    entitlement = catalogue.entitlement(reference)
    return entitlement.permission_set or entitlement.app_role or reference.split("/", 1)[1]
