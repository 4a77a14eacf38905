# ruff: noqa: E501 - a row a line
"""Ids and computed outputs as Microsoft Graph forms them: the id is a path, `objectId` the UUID in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from billing_identity.review.preview.answers.facts import Facts
from billing_identity.review.preview.record import Value, reveal

_PATHS: Mapping[str, str] = {
    "azuread:index/group:Group": "/groups/",
    "azuread:index/groupWithoutMembers:GroupWithoutMembers": "/groups/",
    "azuread:index/user:User": "/users/",
    "azuread:index/invitation:Invitation": "",
    "azuread:index/application:Application": "/applications/",
    "azuread:index/applicationRegistration:ApplicationRegistration": "/applications/",
    "azuread:index/applicationFromTemplate:ApplicationFromTemplate": "/applicationTemplates/",
    "azuread:index/servicePrincipal:ServicePrincipal": "/servicePrincipals/",
    "azuread:index/namedLocation:NamedLocation": "/identity/conditionalAccess/namedLocations/",
    "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy": "/identity/conditionalAccess/policies/",
    "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy": "/policies/authenticationStrengthPolicies/",
    "azuread:index/administrativeUnit:AdministrativeUnit": "/directory/administrativeUnits/",
    "azuread:index/claimsMappingPolicy:ClaimsMappingPolicy": "/policies/claimsMappingPolicies/",
}  # fmt: skip

# Graph objects below another: parent's UUID, kind, own UUID.
_BELOW: Mapping[str, tuple[str, str]] = {
    "azuread:index/groupMember:GroupMember": ("groupObjectId", "member"),
    "azuread:index/administrativeUnitMember:AdministrativeUnitMember": ("administrativeUnitObjectId", "member"),
    "azuread:index/directoryRoleMember:DirectoryRoleMember": ("roleObjectId", "member"),
    "azuread:index/applicationPassword:ApplicationPassword": ("applicationId", "password"),
    "azuread:index/servicePrincipalPassword:ServicePrincipalPassword": ("servicePrincipalId", "password"),
    "azuread:index/applicationAppRole:ApplicationAppRole": ("applicationId", "appRoles"),
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential":
        ("applicationId", "federatedIdentityCredential"),
}  # fmt: skip


def answer(facts: Facts) -> tuple[str, dict[str, Any]]:
    """The id and the modelled outputs of an Entra resource."""
    own = facts.uuid()
    if facts.type == "azuread:index/appRoleAssignment:AppRoleAssignment":
        resource = facts.field("resourceObjectId") or facts.uuid("resource")
        path = f"/servicePrincipals/{resource}/appRoleAssignedTo/{facts.base62(43)}"
        return path, {"principalType": "Group"}
    outputs: dict[str, Any] = {"objectId": own}
    special = _SPECIAL.get(facts.type)
    if special is not None:
        outputs.update(special(facts))
    below = _BELOW.get(facts.type)
    if below is not None:
        above = (facts.field(below[0]) or facts.uuid("above")).rsplit("/", 1)[-1]
        return f"{above}/{below[1]}/{own}", outputs
    return _PATHS.get(facts.type, "") + own, outputs


def by_value(items: Value) -> dict[str, str]:
    """{value: id} of app roles or OAuth scopes."""
    found: dict[str, str] = {}
    for item in cast("list[Any]", items) if isinstance(items, list) else []:
        if isinstance(item, dict):
            entry = cast("dict[str, Any]", item)
            if isinstance(entry.get("value"), str) and isinstance(entry.get("id"), str):
                found[entry["value"]] = entry["id"]
    return found


def _application(facts: Facts) -> dict[str, Any]:
    client = facts.uuid("client")
    api = reveal(facts.inputs.get("api"))
    scopes = cast("dict[str, Any]", api).get("oauth2PermissionScopes") if isinstance(api, dict) else None
    roles: Value = reveal(facts.inputs.get("appRoles")) or []
    ids = {"appRoleIds": by_value(roles), "oauth2PermissionScopeIds": by_value(scopes)}
    facts.earlier[client] = {
        **ids,
        "displayName": facts.text("displayName"),
        "appRoles": roles,
        "oauth2PermissionScopes": scopes or [],
    }
    return {
        **ids,
        "clientId": client,
        "publisherDomain": "offline.onmicrosoft.com",
        "disabledByMicrosoft": "",
    }


def _from_template(facts: Facts) -> dict[str, Any]:
    application, principal = facts.uuid("application"), facts.uuid("principal")
    return {
        "applicationId": f"/applications/{application}",
        "applicationObjectId": application,
        "servicePrincipalId": f"/servicePrincipals/{principal}",
        "servicePrincipalObjectId": principal,
        "clientId": facts.uuid("client"),
    }


def _principal(facts: Facts) -> dict[str, Any]:
    client = facts.field("clientId") or facts.uuid("client")
    return {
        "applicationTenantId": facts.scope.tenant,
        "displayName": facts.name,
        "type": "Application",
        "signInAudience": "AzureADMyOrg",
        "appRoleIds": {},
        "oauth2PermissionScopeIds": {},
        "servicePrincipalNames": [client],
        **facts.earlier.get(client, {}),
    }


def _role(facts: Facts) -> dict[str, Any]:
    return {"templateId": facts.field("templateId") or facts.uuid("template")}


def _user(facts: Facts) -> dict[str, Any]:
    return {"userType": "Member", "mail": facts.text("userPrincipalName"), "onpremisesSyncEnabled": False}


def _credential(facts: Facts) -> dict[str, Any]:
    return {"credentialId": facts.uuid(), "keyId": facts.uuid()}


_SPECIAL: Mapping[str, Callable[[Facts], dict[str, Any]]] = {
    "azuread:index/application:Application": _application,
    "azuread:index/applicationRegistration:ApplicationRegistration": _application,
    "azuread:index/applicationFromTemplate:ApplicationFromTemplate": _from_template,
    "azuread:index/servicePrincipal:ServicePrincipal": _principal,
    "azuread:index/directoryRole:DirectoryRole": _role,
    "azuread:index/customDirectoryRole:CustomDirectoryRole": _role,
    "azuread:index/user:User": _user,
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": _credential,
    "azuread:index/applicationPassword:ApplicationPassword": _credential,
    "azuread:index/servicePrincipalPassword:ServicePrincipalPassword": _credential,
}
