"""Federated systems as enterprise applications, service accounts as workload identities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

import pulumi

from billing_identity.components.entra.enterprise_application import (
    AppRole,
    EnterpriseApplicationArgs,
    RoleAssignment,
)
from billing_identity.components.entra.workload_identity import Permission, WorkloadIdentityArgs
from billing_identity.roles.access import withdrawn
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.entra import GRAPH, GRAPH_PERMISSIONS
from billing_identity.roles.model.service_account import ServiceAccount, WorkloadFederation
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.roles.naming import app_role_id
from billing_identity.stacks.bind.people import note, system_grants
from billing_identity.stacks.settings import EntraSettings, Settings


def enterprise_application(
    catalogue: Catalogue,
    settings: Settings,
    entra: EntraSettings,
    system: System,
    groups: Mapping[str, pulumi.Input[str]],
    claims_policy: pulumi.Input[str] | None,
    as_of: date,
) -> EnterpriseApplicationArgs:
    """A federated system as an enterprise application. `groups` are object ids by role.

    Without Entra ID P1 no group can be assigned: `groups` is empty then, and so are the assignments. Raises
    LookupError when what the protocol needs is missing; the catalogue's checks say it with its line.
    """
    saml = system.identity.federation in (Federation.SAML, Federation.PERMISSION_SET)
    reply, audience = _addresses(settings, system)
    programs: set[str] = {
        entitlement
        for account in catalogue.service_accounts.values()
        if account.provider is Provider.ENTRA
        for entitlement in account.entitlements
    }
    assignments: list[RoleAssignment] = [
        {
            "name": f"{role}-{entitlement.split('/', 1)[1]}",
            "role_id": app_role_id(entitlement),
            "group_object_id": groups[role],
        }
        for role, entitlements in system_grants(catalogue, system.id, as_of).items()
        for entitlement in entitlements
        if role in groups
    ]
    args: EnterpriseApplicationArgs = {
        "display_name": system.title,
        "description": note(f"system:{system.id}", system.owner, system.data_classes),
        "mode": "saml" if saml else "oidc",
        "redirect_uris": reply,
        "roles": [_app_role(system, name, programs) for name in system.entitlements],
        "assignments": assignments,
    }
    if system.identity.sign_in_url is not None:
        args["sign_in_url"] = system.identity.sign_in_url
    if audience is not None:
        own = verified(audience, entra)
        args["identifier_uris" if own else "foreign_identifier_uris"] = [audience]
        args["signing_name"] = f"CN={system.title}"
    if claims_policy is not None:
        args["claims_policy"] = claims_policy
    return args


def distinct(settings: Settings, systems: Sequence[System]) -> None:
    """Raises LookupError for systems that are one application to Entra: the same entity id."""
    owners: dict[str, list[str]] = {}
    for system in systems:
        audience = _addresses(settings, system)[1]
        if audience is not None:
            owners.setdefault(audience, []).append(system.id)
    if shared := {audience: names for audience, names in owners.items() if len(names) > 1}:
        raise LookupError(
            "\n".join(
                f"system:{names[-1]}: has the entity id {audience} of "
                f"{', '.join(names[:-1])}: one system each"
                for audience, names in sorted(shared.items())
            )
        )


def _app_role(system: System, name: str, programs: set[str]) -> AppRole:
    entitlement = system.entitlements[name]
    return {
        "id": app_role_id(f"{system.id}/{name}"),
        "value": entitlement.permission_set or entitlement.app_role or name,
        "display_name": entitlement.title,
        "description": entitlement.description,
        "programs": f"{system.id}/{name}" in programs,
    }


def _addresses(settings: Settings, system: System) -> tuple[list[str], str | None]:
    identity = system.identity
    if identity.federation is Federation.PERMISSION_SET:
        center = settings.aws.identity_center
        if center is None:
            raise LookupError(f"system:{system.id}: the settings name no IAM Identity Center")
        return [center.acs_url], center.issuer
    if identity.federation is Federation.SAML:
        if identity.sso_url is None or identity.audience is None:
            raise LookupError(f"system:{system.id}: SAML needs sso_url and audience")
        return [identity.sso_url], identity.audience
    if not identity.redirect_uris:
        raise LookupError(f"system:{system.id}: OIDC needs redirect_uris")
    return list(identity.redirect_uris), None


def verified(identifier: str, entra: EntraSettings) -> bool:
    """Whether an identifier URI is one that Entra takes for every application: `api://`, or an https
    address below the tenant's verified domain.
    """
    address = urlsplit(identifier)
    host = (address.hostname or "").lower()
    domain = entra.federated_domain
    return address.scheme == "api" or (
        address.scheme == "https" and (host == domain or host.endswith(f".{domain}"))
    )


def programs(catalogue: Catalogue, entra: EntraSettings) -> list[tuple[ServiceAccount, WorkloadFederation]]:
    """Service accounts that the program makes: federated, in Entra, and not the one that deploys."""
    return [
        (account, account.credential)
        for account in catalogue.service_accounts.values()
        if account.provider is Provider.ENTRA
        and account.id != entra.deployer
        and isinstance(account.credential, WorkloadFederation)
    ]


def workload_identity(
    catalogue: Catalogue,
    account: ServiceAccount,
    credential: WorkloadFederation,
    graph: pulumi.Input[str],
    applications: Mapping[str, pulumi.Input[str]],
    as_of: date,
) -> WorkloadIdentityArgs:
    """A service account. `graph` is the object id of Microsoft Graph's service principal, `applications`
    those of the enterprise applications by system. Disabled once its system was withdrawn.
    """
    known = sorted(scope for scope in account.scopes if scope in GRAPH_PERMISSIONS)
    permissions: list[Permission] = [
        {
            "name": scope.lower().replace(".", "-"),
            "role_id": GRAPH_PERMISSIONS[scope],
            "resource_id": graph,
        }
        for scope in known
    ]
    for entitlement in account.entitlements:
        if entitlement.system in applications and not withdrawn(catalogue, entitlement.system, as_of):
            own: Permission = {
                "name": entitlement.name,
                "role_id": app_role_id(entitlement),
                "resource_id": applications[entitlement.system],
            }
            permissions.append(own)
    return {
        "display_name": account.title,
        "description": note(f"service-account:{account.id}", account.owner),
        "issuer": credential.issuer,
        "subject": credential.subject,
        "audience": credential.audience,
        "api_permissions": {GRAPH: [GRAPH_PERMISSIONS[scope] for scope in known]} if known else {},
        "permissions": permissions,
        "enabled": not withdrawn(catalogue, account.system, as_of),
    }
