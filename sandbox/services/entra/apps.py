"""Applications, service principals, app roles."""

from typing import Final, cast

from billing_identity.sandbox.services.entra.errors import bad_request, not_found
from billing_identity.sandbox.services.entra.groups import directory_has, find_group
from billing_identity.sandbox.services.registry import (
    Call,
    after_deletion,
    base62,
    before,
    before_creation,
    computes,
    derives,
    identifies,
    new_uuid,
)
from billing_identity.sandbox.store import Object
from billing_identity.sandbox.wire import Properties, Value, block, blocks

APPLICATION: Final = "azuread:index/application:Application"
REGISTRATION: Final = "azuread:index/applicationRegistration:ApplicationRegistration"
APP_ROLE: Final = "azuread:index/applicationAppRole:ApplicationAppRole"
PRINCIPAL: Final = "azuread:index/servicePrincipal:ServicePrincipal"
ASSIGNMENT: Final = "azuread:index/appRoleAssignment:AppRoleAssignment"
DEFAULT_ACCESS: Final = "00000000-0000-0000-0000-000000000000"
APPS: Final = (APPLICATION, REGISTRATION)
_PASSWORDS: Final = (
    "azuread:index/applicationPassword:ApplicationPassword",
    "azuread:index/servicePrincipalPassword:ServicePrincipalPassword",
)
_ON_APPS: Final = tuple(
    f"azuread:index/{name[:1].lower()}{name[1:]}:{name}"
    for name in (
        "ApplicationAppRole",
        "ApplicationApiAccess",
        "ApplicationCertificate",
        "ApplicationFederatedIdentityCredential",
        "ApplicationFlexibleFederatedIdentityCredential",
        "ApplicationIdentifierUri",
        "ApplicationOptionalClaims",
        "ApplicationOwner",
        "ApplicationPassword",
        "ApplicationRedirectUris",
    )
)
_ON_PRINCIPALS: Final = tuple(
    f"azuread:index/{name[:1].lower()}{name[1:]}:{name}"
    for name in (
        "ServicePrincipalCertificate",
        "ServicePrincipalClaimsMappingPolicyAssignment",
        "ServicePrincipalPassword",
        "ServicePrincipalTokenSigningCertificate",
        "SynchronizationJob",
        "SynchronizationSecret",
    )
)


@computes(*APPS)
def application_outputs(call: Call) -> Properties:
    """The client id and what else Graph fills in."""
    return {
        "clientId": new_uuid(),
        "publisherDomain": "example.onmicrosoft.com",
        "oauth2PermissionScopeIds": {},
    }


@derives(APPLICATION)
def application_roles(call: Call) -> Properties:
    """{role value: role id}."""
    roles = {str(r["value"]): r["id"] for r in blocks(call.inputs, "appRoles") if r.get("value")}
    scopes = block(call.inputs, "api")
    granted = {str(s["value"]): s["id"] for s in blocks(scopes, "oauth2PermissionScopes") if s.get("value")}
    return {"appRoleIds": roles, "oauth2PermissionScopeIds": granted}


@before(*APPS)
def application_name_is_free(call: Call) -> None:
    """Names may repeat, unless the program says that they must not; identifier URIs may not."""
    if call.inputs.get("preventDuplicateNames") is True and call.others(
        APPLICATION, "displayName", call.text("displayName")
    ):
        bad_request(
            "creating application", f"existing application with name {call.text('displayName')!r} was found"
        )
    mine = set(call.texts("identifierUris"))
    for item in call.store.find(APPLICATION, call.account):
        taken = mine & set(cast("list[Value]", item.props.get("identifierUris") or []))
        if taken and (call.old is None or item.place != call.old.place):
            message = (
                f"Another object with the same value for property identifierUris already exists: {min(taken)}"
            )
            bad_request("creating application", message, "Request_MultipleObjectsWithSameKeyValue")


@before(*_ON_APPS)
def application_exists(call: Call) -> None:
    """Credentials, roles and URIs hang on an application, named by its id with the path."""
    wanted = call.text("applicationId")
    if not any(call.has(kind, wanted) for kind in APPS):
        not_found("retrieving application", wanted)


@before(*_ON_PRINCIPALS)
def principal_exists(call: Call) -> None:
    """Credentials and jobs hang on a service principal, named by its id with the path."""
    wanted = call.text("servicePrincipalId")
    if not call.has(PRINCIPAL, wanted):
        not_found("retrieving service principal", wanted)


def application_of(call: Call) -> Object | None:
    """The application behind a service principal, when it is in this tenant."""
    client = call.text("clientId")
    apps = (o for kind in APPS for o in call.store.find(kind, call.account))
    return next((o for o in apps if o.props.get("clientId") == client), None)


@before_creation(PRINCIPAL)
def principal_is_new(call: Call) -> None:
    """One service principal of an application in a tenant; Microsoft's own are adopted with useExisting."""
    doing, client = "creating service principal", call.text("clientId")
    if call.inputs.get("useExisting") is True:
        return
    if call.others(PRINCIPAL, "clientId", client):
        message = (
            f"The service principal cannot be created because one for the appId {client} already exists."
        )
        bad_request(doing, message, "Request_MultipleObjectsWithSameKeyValue")
    if application_of(call) is None:
        message = (
            f"The appId '{client}' of the service principal does not reference a valid application object."
        )
        bad_request(doing, message, "NoBackingApplicationObject")


@derives(PRINCIPAL)
def principal_outputs(call: Call) -> Properties:
    """What a service principal shows of its application."""
    app = application_of(call)
    client = call.text("clientId")
    roles = blocks(app.props, "appRoles") if app else []
    if app is not None:
        roles = roles + [
            {
                "id": o.props.get("roleId"),
                "value": o.props.get("value"),
                "displayName": o.props.get("displayName"),
            }
            for o in call.store.find(APP_ROLE, call.account)
            if o.props.get("applicationId") == app.id
        ]
    return {
        "appRoles": roles,
        "appRoleIds": {str(r["value"]): r["id"] for r in roles if r.get("value")},
        "displayName": app.props.get("displayName") if app else client,
        "servicePrincipalNames": [client],
        "samlMetadataUrl": (
            f"https://login.microsoftonline.com/{call.account}/federationmetadata/2007-06/federationmetadata.xml"
            f"?appid={client}"
        ),
        "signInAudience": (app.props.get("signInAudience") if app else None) or "AzureADMyOrg",
        "type": "Application",
    }


@identifies("azuread:index/applicationFromTemplate:ApplicationFromTemplate")
def from_template(call: Call) -> str:
    """A gallery app makes an application and a service principal at once."""
    call.scratch["uuid"] = new_uuid()
    return f"/applications/{call.scratch['uuid']}"


@computes("azuread:index/applicationFromTemplate:ApplicationFromTemplate")
def template_outputs(call: Call) -> Properties:
    """Both new objects, alive in the tenant."""
    client, principal = new_uuid(), new_uuid()
    app_id, principal_id = call.id, f"/servicePrincipals/{principal}"
    name = call.text("displayName")
    app: Properties = {
        "id": app_id,
        "clientId": client,
        "objectId": call.scratch["uuid"],
        "displayName": name,
    }
    holder: Properties = {"id": principal_id, "clientId": client, "objectId": principal, "displayName": name}
    call.store.put(Object("azuread", call.account, "", APPLICATION, app_id, app_id, "", app))
    call.store.put(Object("azuread", call.account, "", PRINCIPAL, principal_id, principal_id, "", holder))
    return {
        "applicationId": app_id,
        "applicationObjectId": call.scratch["uuid"],
        "clientId": client,
        "servicePrincipalId": principal_id,
        "servicePrincipalObjectId": principal,
    }


@computes(
    *_PASSWORDS,
    "azuread:index/servicePrincipalTokenSigningCertificate:ServicePrincipalTokenSigningCertificate",
)
def generated_secret(call: Call) -> Properties:
    """A value that Entra makes and shows once."""
    return {"value": base62(40), "thumbprint": base62(40).upper(), "startDate": "2026-01-01T00:00:00Z"}


@before(ASSIGNMENT)
def assignment_is_sound(call: Call) -> None:
    """Both sides exist, and the role is one of the resource's or the default access."""
    resource, principal, role = (
        call.text("resourceObjectId"),
        call.text("principalObjectId"),
        call.text("appRoleId"),
    )
    found = next(
        (o for o in call.store.find(PRINCIPAL, call.account) if o.props.get("objectId") == resource), None
    )
    doing = "creating app role assignment"
    if found is None:
        not_found(doing, resource)
    if not directory_has(call.store, call.account, principal):
        not_found(doing, principal)
    roles = {str(r.get("id")) for r in blocks(found.props, "appRoles")}
    if role != DEFAULT_ACCESS and roles and role not in roles:
        bad_request(doing, f"Permission {role} being assigned was not found on application {resource}.")
    if role == DEFAULT_ACCESS and roles:
        bad_request(
            doing, "The default access role can't be assigned where the application declares app roles."
        )
    for other in call.others(ASSIGNMENT, "principalObjectId", principal):
        if other.props.get("resourceObjectId") == resource and other.props.get("appRoleId") == role:
            bad_request(
                doing, "Permission being assigned already exists on the object", "Permission_Duplicate"
            )


@computes(ASSIGNMENT)
def assignment_outputs(call: Call) -> Properties:
    """Names of both sides."""
    group = find_group(call.store, call.account, call.text("principalObjectId"))
    resource = call.text("resourceObjectId")
    found = [o for o in call.store.find(PRINCIPAL, call.account) if o.props.get("objectId") == resource]
    return {
        "principalType": "Group" if group else "User",
        "principalDisplayName": group.props.get("displayName") if group else None,
        "resourceDisplayName": found[0].props.get("displayName") if found else None,
    }


@after_deletion(*APPS)
def principal_goes_too(call: Call) -> None:
    """A service principal goes with its application."""
    for item in call.store.find(
        PRINCIPAL, call.account, lambda p: p.get("clientId") == call.inputs.get("clientId")
    ):
        call.store.delete(item)
