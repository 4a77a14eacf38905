"""Federated systems as applications, and their provisioning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pulumi

from billing_identity.components.okta.application import ApplicationArgs, GroupGrant
from billing_identity.components.okta.provisioning import ProvisioningArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, Provider, Provisioning
from billing_identity.stacks.bind.people import federated_systems, note, system_grants
from billing_identity.stacks.settings import OktaSettings, Settings


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


def scim_systems(catalogue: Catalogue) -> tuple[System, ...]:
    """Applications in Okta that say SCIM."""
    return tuple(
        system
        for system in federated_systems(catalogue, Provider.OKTA)
        if system.identity.provisioning is Provisioning.SCIM
    )


def provisioning(
    catalogue: Catalogue,
    okta: OktaSettings,
    system: System,
    app_id: pulumi.Input[str],
    groups: Mapping[str, pulumi.Input[str]],
    as_of: date,
) -> ProvisioningArgs | None:
    """The provisioning switches of a system; None where it has none, or its connection is not made yet.

    IAM Identity Center assigns permission sets to groups, so it is given the role groups as well.
    """
    if system.id not in okta.scim_connected or system.identity.provisioning is not Provisioning.SCIM:
        return None
    pushed = system.identity.federation is Federation.PERMISSION_SET
    roles = system_grants(catalogue, system.id, as_of) if pushed else {}
    return {"app_id": app_id, "push_groups": {role: groups[role] for role in roles}}
