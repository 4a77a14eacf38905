"""Where each HTTP call of the runbook is documented, what it needs and what it answers. All read 2026-11-24.

Graph: the page of the v1.0 reference (microsoftgraph/microsoft-graph-docs-contrib, api-reference/v1.0/api)
for the request and the answer; the least privileged permission from permissions/new/permissions.json of
microsoftgraph/microsoft-graph-devx-content (2026-08-07), which knows each of these paths; action parameters
and properties from schemas/v1.0-Prod.csdl of microsoftgraph/msgraph-metadata (2026-08-20). Okta: the
Management API 5.1.0 as okta/okta-sdk-golang ships it, by operation.
"""

from __future__ import annotations

from typing import NamedTuple

from billing_identity.review.runbooks.steps import REGISTERED_METHODS

USER = r"[\w-]+"


class Documented(NamedTuple):
    """A call. `form` is a pattern over the call with `OKTA` and `GRAPH` for the roots of the two services."""

    form: str
    said_by: str
    permission: str
    """The least privileged one: a Graph permission (delegated) or an Okta scope."""
    answer: int


PERMISSION_OF_METHOD = {
    "fido2Methods": "UserAuthMethod-Passkey.ReadWrite.All",
    "microsoftAuthenticatorMethods": "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All",
    "windowsHelloForBusinessMethods": "UserAuthMethod-WindowsHello.ReadWrite.All",
    "platformCredentialMethods": "UserAuthMethod-PlatformCred.ReadWrite.All",
    "externalAuthenticationMethods": "UserAuthMethod-External.ReadWrite.All",
    "softwareOathMethods": "UserAuthMethod-SoftwareOATH.ReadWrite.All",
    "temporaryAccessPassMethods": "UserAuthMethod-TAP.ReadWrite.All",
    "emailMethods": "UserAuthMethod-Email.ReadWrite.All",
    "phoneMethods": "UserAuthMethod-Phone.ReadWrite.All",
}


def _page_of_method(collection: str) -> str:
    """The page of its DELETE."""
    if collection == "externalAuthenticationMethods":
        return "v1.0-Prod.csdl, authentication; no page in reach: answer as of the others"
    return f"{collection.removesuffix('Methods').lower()}authenticationmethod-delete.md"


CALLS = (
    Documented(
        r"GET GRAPH/servicePrincipals\?\$filter=displayName eq '[^']+'&\$select=id",
        "serviceprincipal-list.md",
        "Application.Read.All",
        200,
    ),
    Documented(
        r'PATCH GRAPH/servicePrincipals/\w+ \{"accountEnabled": false\}',
        "serviceprincipal-update.md",
        "Application.ReadWrite.All",
        204,
    ),
    Documented(r"GET OKTA/users/\w+", "getUser", "okta.users.read", 200),
    Documented(
        r"DELETE OKTA/users/\w+/sessions\?oauthTokens=true&forgetDevices=true",
        "revokeUserSessions",
        "okta.users.manage",
        204,
    ),
    Documented(r"POST OKTA/users/\w+/lifecycle/expire_password", "expirePassword", "okta.users.manage", 200),
    Documented(r"POST OKTA/users/\w+/lifecycle/reset_factors", "resetFactors", "okta.users.manage", 200),
    Documented(r"DELETE OKTA/users/\w+/grants", "revokeUserGrants", "okta.users.manage", 204),
    Documented(r"POST OKTA/devices/\w+/lifecycle/deactivate", "deactivateDevice", "okta.devices.manage", 204),
    Documented(
        r'GET OKTA/logs\?since=[\w:-]+&until=[\w:-]+&filter=actor\.id eq "\w+"',
        "listLogEvents",
        "okta.logs.read",
        200,
    ),
    Documented(rf"GET GRAPH/users/{USER}\?\$select=\w+", "user-get.md", "User.ReadBasic.All", 200),
    Documented(
        rf'PATCH GRAPH/users/{USER} \{{"accountEnabled": (true|false)\}}',
        "user-update.md; user-get.md names the two permissions for accountEnabled",
        "User.EnableDisableAccount.All and User.Read.All",
        204,
    ),
    Documented(
        rf"POST GRAPH/users/{USER}/revokeSignInSessions",
        "user-revokesigninsessions.md",
        "User.RevokeSessions.All",
        200,
    ),
    Documented(
        rf"POST GRAPH/users/{USER}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword "
        r"\{\}",
        "authenticationmethod-resetpassword.md: newPassword may be left out; delegated alone",
        "UserAuthenticationMethod.ReadWrite.All",
        202,
    ),
    Documented(
        rf"GET GRAPH/users/{USER}/authentication/methods",
        "authentication-list-methods.md",
        "UserAuthenticationMethod.Read.All",
        200,
    ),
    *(
        Documented(
            rf"DELETE GRAPH/users/{USER}/authentication/{methods}/METHOD_ID",
            _page_of_method(methods),
            PERMISSION_OF_METHOD[methods],
            204,
        )
        for methods in REGISTERED_METHODS
    ),
    Documented(
        rf"GET GRAPH/users/{USER}/mailFolders/inbox/messageRules",
        "mailfolder-list-messagerules.md",
        "MailboxSettings.Read",
        200,
    ),
    Documented(
        rf"DELETE GRAPH/users/{USER}/mailFolders/inbox/messageRules/RULE_ID",
        "messagerule-delete.md",
        "MailboxSettings.ReadWrite",
        204,
    ),
    Documented(
        rf"GET GRAPH/users/{USER}/oauth2PermissionGrants",
        "user-list-oauth2permissiongrants.md",
        "Directory.Read.All",
        200,
    ),
    Documented(
        r"DELETE GRAPH/oauth2PermissionGrants/GRANT_ID",
        "oauth2permissiongrant-delete.md",
        "DelegatedPermissionGrant.ReadWrite.All",
        204,
    ),
    Documented(
        rf"GET GRAPH/deviceManagement/managedDevices/{USER}\?\$select="
        r"(isEncrypted,lastSyncDateTime,complianceState|deviceActionResults)",
        "intune-devices-manageddevice-get.md; v1.0-Prod.csdl, managedDevice and actionState",
        "DeviceManagementManagedDevices.Read.All",
        200,
    ),
    Documented(
        rf"POST GRAPH/deviceManagement/managedDevices/{USER}/wipe "
        r'\{"keepEnrollmentData": false, "keepUserData": false\}',
        "intune-devices-manageddevice-wipe.md; v1.0-Prod.csdl, wipe",
        "DeviceManagementManagedDevices.PrivilegedOperations.All",
        204,
    ),
    Documented(
        rf"GET GRAPH/auditLogs/signIns\?\$filter=userId eq '{USER}' and "
        r"createdDateTime ge [\w:-]+ and createdDateTime le [\w:-]+",
        "signin-list.md",
        "AuditLog.Read.All",
        200,
    ),
)
