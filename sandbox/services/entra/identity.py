"""How Entra names things: a UUID, and for many types a path with the UUID at its end."""

from typing import Final

from billing_identity.sandbox.services.registry import Call, computes, identifies, new_uuid
from billing_identity.sandbox.wire import Properties

PATHS: Final[dict[str, str]] = {
    "accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy": "{uuid}",
    "administrativeUnit:AdministrativeUnit": "/directory/administrativeUnits/{uuid}",
    "administrativeUnitMember:AdministrativeUnitMember": (
        "{administrativeUnitObjectId}/member/{memberObjectId}"
    ),
    "application:Application": "/applications/{uuid}",
    "applicationRegistration:ApplicationRegistration": "/applications/{uuid}",
    "applicationAppRole:ApplicationAppRole": "{applicationId}/appRoles/{roleId}",
    "applicationApiAccess:ApplicationApiAccess": "{applicationId}/apiAccess/{apiClientId}",
    "applicationOwner:ApplicationOwner": "{applicationId}/owners/{ownerObjectId}",
    "applicationRedirectUris:ApplicationRedirectUris": "{applicationId}/redirectUris/{type}",
    "applicationOptionalClaims:ApplicationOptionalClaims": "{applicationId}/optionalClaims",
    "applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": (
        "{application}/federatedIdentityCredential/{uuid}"
    ),
    "applicationPassword:ApplicationPassword": "{application}/password/{uuid}",
    "applicationCertificate:ApplicationCertificate": "{application}/certificate/{uuid}",
    "servicePrincipalPassword:ServicePrincipalPassword": "{principal}/password/{uuid}",
    "servicePrincipalTokenSigningCertificate:ServicePrincipalTokenSigningCertificate": (
        "{principal}/tokenSigningCertificate/{uuid}"
    ),
    "appRoleAssignment:AppRoleAssignment": "/servicePrincipals/{resourceObjectId}/appRoleAssignedTo/{uuid}",
    "authenticationStrengthPolicy:AuthenticationStrengthPolicy": (
        "/policies/authenticationStrengthPolicies/{uuid}"
    ),
    "conditionalAccessPolicy:ConditionalAccessPolicy": "/identity/conditionalAccess/policies/{uuid}",
    "group:Group": "/groups/{uuid}",
    "groupWithoutMembers:GroupWithoutMembers": "/groups/{uuid}",
    "groupMember:GroupMember": "{groupObjectId}/member/{memberObjectId}",
    "groupRoleManagementPolicy:GroupRoleManagementPolicy": "Group_{groupId}_{uuid}",
    "privilegedAccessGroupEligibilitySchedule:PrivilegedAccessGroupEligibilitySchedule": (
        "{groupId}_{assignmentType}_{uuid}"
    ),
    "privilegedAccessGroupAssignmentSchedule:PrivilegedAccessGroupAssignmentSchedule": (
        "{groupId}_{assignmentType}_{uuid}"
    ),
    "namedLocation:NamedLocation": "/identity/conditionalAccess/namedLocations/{uuid}",
    "servicePrincipal:ServicePrincipal": "/servicePrincipals/{uuid}",
    "user:User": "/users/{uuid}",
}


@identifies("azuread:*")
def identify(call: Call) -> str:
    """The id of a new object; the UUID in it is put aside, as it is also the object id."""
    call.scratch["uuid"] = new_uuid()
    name = call.token.rsplit("/", 1)[-1]
    fields = {k: v for k, v in call.inputs.items() if isinstance(v, str)}
    fields["uuid"] = call.scratch["uuid"]
    fields["application"] = call.text("applicationId").removeprefix("/applications/")
    fields["principal"] = call.text("servicePrincipalId").removeprefix("/servicePrincipals/")
    return PATHS.get(name, "{uuid}").format_map(fields)


@computes("azuread:*")
def common(call: Call) -> Properties:
    """Outputs that many Entra types have."""
    uuid = call.scratch["uuid"]
    return {
        "objectId": uuid,
        "keyId": uuid,
        "credentialId": uuid,
        "applicationTenantId": call.account,
        "status": "Provisioned",
    }
