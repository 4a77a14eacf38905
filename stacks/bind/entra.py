"""Catalogue and settings as arguments of the Entra components."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pulumi

from billing_identity.components.entra import membership
from billing_identity.components.entra.assigned_group import AssignedGroupArgs
from billing_identity.components.entra.authentication_strengths import AuthenticationStrengthsArgs
from billing_identity.components.entra.conditional_access import ConditionalAccessArgs
from billing_identity.components.entra.enterprise_application import EnterpriseApplicationArgs, RoleAssignment
from billing_identity.components.entra.rule_group import RuleGroupArgs
from billing_identity.roles.model.access_policy import AccessPolicy
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.roles.naming import app_role_id, client_group_name, role_group_name
from billing_identity.stacks.bind.people import (
    group_access,
    job_codes,
    note,
    role_data_classes,
    system_grants,
    training_gated,
)
from billing_identity.stacks.settings import EntraSettings, Settings


def federated(policy: AccessPolicy) -> bool:
    """Whether people reach Entra through another provider whose second factor Entra accepts."""
    return any(link.target is Provider.ENTRA and link.mfa_accepted for link in policy.identity.federation)


def role_condition(catalogue: Catalogue, role: Role, as_of: date) -> str:
    """Who is in a role's group: at work, trained where ePHI is reached, with one of the job codes."""
    hr = catalogue.access_policy.hr
    conditions = _at_work(catalogue.access_policy)
    if training_gated(catalogue, role, as_of):
        conditions.append(membership.equals(hr.attributes["training_status"].entra, hr.trained))
    conditions.append(membership.one_of(hr.attributes["job_code"].entra, job_codes(catalogue, role)))
    return membership.all_of(conditions)


def _at_work(policy: AccessPolicy) -> list[str]:
    """At work by HR's word, and the account not disabled: either alone takes a leaver out."""
    status = policy.hr.attributes["employment_status"].entra
    return [membership.enabled(), membership.equals(status, policy.hr.active)]


def rule_group(catalogue: Catalogue, settings: Settings, role: Role, as_of: date) -> RuleGroupArgs:
    """The group of a role that job codes give."""
    args: RuleGroupArgs = {
        "group_name": role_group_name(role.id),
        "description": _describe(catalogue, role, as_of),
        "condition": role_condition(catalogue, role, as_of),
    }
    if (adopted := settings.adopted.get(f"entra-role:{role.id}")) is not None:
        args["adopt_group"] = adopted
    return args


def assigned_group(catalogue: Catalogue, settings: Settings, role: Role, as_of: date) -> AssignedGroupArgs:
    """The group of a role that is requested or assigned; a directory role may hang on an administrators'."""
    administers = any(
        catalogue.systems[held.system].identity.federation is Federation.BUILT_IN
        for held in group_access(catalogue, role, as_of)
    )
    args: AssignedGroupArgs = {
        "group_name": role_group_name(role.id),
        "description": _describe(catalogue, role, as_of),
        "assignable_to_role": role.privileged and administers,
    }
    if (adopted := settings.adopted.get(f"entra-role:{role.id}")) is not None:
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
        "condition": membership.all_of(
            [
                *_at_work(policy),
                membership.listed(hr.attributes["clients"].entra, client.code),
            ]
        ),
    }


def strengths(policy: AccessPolicy) -> AuthenticationStrengthsArgs:
    """Which strengths the tenant needs."""
    return {"federated": federated(policy)}


def conditional_access(
    catalogue: Catalogue,
    settings: Settings,
    entra: EntraSettings,
    *,
    contained: pulumi.Input[str],
    workforce_strength: pulumi.Input[str],
    native_strength: pulumi.Input[str],
    bootstrap_strength: pulumi.Input[str],
) -> ConditionalAccessArgs:
    """The baseline. It is enforced once the rollout has reached the last ring."""
    policy = catalogue.access_policy
    used = {
        system.tier for system in catalogue.systems.values() if system.identity.provider is Provider.ENTRA
    }
    tiers = [policy.tiers[name] for name in sorted(used)] or list(policy.tiers.values())
    return {
        "break_glass_groups": [entra.break_glass_group],
        "administrator_groups": [entra.administrators_group],
        "contained_groups": [contained],
        "workforce_strength": workforce_strength,
        "native_strength": native_strength,
        "bootstrap_strength": bootstrap_strength,
        "allowed_countries": catalogue.organisation.countries,
        "enforced": policy.enforced_ring == policy.rings[-1],
        "risk_policies": settings.capabilities.entra_p2,
        "session_hours": min(tier.session.lifetime_hours for tier in tiers if tier.reauthenticate_hours),
        "administrator_session_hours": min(tier.session.lifetime_hours for tier in tiers),
        "managed_device": any(tier.managed_device for tier in tiers),
    }


def enterprise_application(
    catalogue: Catalogue, system: System, groups: Mapping[str, pulumi.Input[str]], as_of: date
) -> EnterpriseApplicationArgs:
    """A federated system as an enterprise application. `groups` are object ids by role.

    Raises LookupError when what the protocol needs is missing; the catalogue's checks say it with its line.
    """
    identity = system.identity
    saml = identity.federation is Federation.SAML
    if saml and (identity.sso_url is None or identity.audience is None):
        raise LookupError(f"system:{system.id}: SAML needs sso_url and audience")
    if not saml and not identity.redirect_uris:
        raise LookupError(f"system:{system.id}: OIDC needs redirect_uris")
    assignments: list[RoleAssignment] = [
        {
            "name": f"{role}-{entitlement.split('/', 1)[1]}",
            "role_id": app_role_id(entitlement),
            "group_object_id": groups[role],
        }
        for role, entitlements in system_grants(catalogue, system.id, as_of).items()
        for entitlement in entitlements
    ]
    args: EnterpriseApplicationArgs = {
        "display_name": system.title,
        "description": note(f"system:{system.id}", system.owner, system.data_classes),
        "mode": "saml" if saml else "oidc",
        "redirect_uris": [identity.sso_url] if saml and identity.sso_url else identity.redirect_uris,
        "roles": [
            {
                "id": app_role_id(f"{system.id}/{name}"),
                "value": entitlement.app_role or name,
                "display_name": entitlement.title,
                "description": entitlement.description,
            }
            for name, entitlement in system.entitlements.items()
        ],
        "assignments": assignments,
    }
    if identity.sign_in_url is not None:
        args["sign_in_url"] = identity.sign_in_url
    if saml and identity.audience is not None:
        args["identifier_uris"] = [identity.audience]
    return args
