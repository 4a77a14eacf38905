"""How Okta names things: 20 characters, of which the first three tell the type; or a name, for some types."""

from typing import Final

from billing_identity.sandbox.services.registry import Call, base62, computes, identifies, keyed
from billing_identity.sandbox.wire import Properties

PREFIXES: Final[dict[str, str]] = {
    "app/oAuth:OAuth": "0oa",
    "app/saml:Saml": "0oa",
    "app/swa:Swa": "0oa",
    "app/autoLogin:AutoLogin": "0oa",
    "app/bookmark:Bookmark": "0oa",
    "app/basicAuth:BasicAuth": "0oa",
    "app/federatedClaim:FederatedClaim": "ofc",
    "auth/server:Server": "aus",
    "auth/serverClaim:ServerClaim": "ocl",
    "auth/serverPolicy:ServerPolicy": "00p",
    "auth/serverPolicyRule:ServerPolicyRule": "0pr",
    "auth/serverScope:ServerScope": "scp",
    "group/group:Group": "00g",
    "group/role:Role": "grp",
    "group/rule:Rule": "0pr",
    "idp/oidc:Oidc": "0oa",
    "idp/saml:Saml": "0oa",
    "index/adminRoleCustom:AdminRoleCustom": "cr0",
    "index/apiServiceIntegration:ApiServiceIntegration": "0oa",
    "index/appSignonPolicy:AppSignonPolicy": "rst",
    "index/appSignonPolicyRule:AppSignonPolicyRule": "rul",
    "index/authenticator:Authenticator": "aut",
    "index/behaviour:Behaviour": "bhv",
    "index/brand:Brand": "bnd",
    "index/campaign:Campaign": "ici",
    "index/captcha:Captcha": "cap",
    "index/domain:Domain": "OcD",
    "index/entitlement:Entitlement": "esp",
    "index/entitlementBundle:EntitlementBundle": "enb",
    "index/eventHook:EventHook": "who",
    "index/hookKey:HookKey": "HKY",
    "index/label:Label": "lbl",
    "index/logStream:LogStream": "0oa",
    "index/pushGroup:PushGroup": "gPm",
    "index/realm:Realm": "guo",
    "index/requestCondition:RequestCondition": "rac",
    "index/resourceSet:ResourceSet": "iam",
    "inline/hook:Hook": "cal",
    "network/zone:Zone": "nzo",
    "policy/deviceAssuranceAndroid:DeviceAssuranceAndroid": "dae",
    "policy/deviceAssuranceChromeos:DeviceAssuranceChromeos": "dae",
    "policy/deviceAssuranceIos:DeviceAssuranceIos": "dae",
    "policy/deviceAssuranceMacos:DeviceAssuranceMacos": "dae",
    "policy/deviceAssuranceWindows:DeviceAssuranceWindows": "dae",
    "policy/mfa:Mfa": "00p",
    "policy/password:Password": "00p",
    "policy/ruleMfa:RuleMfa": "0pr",
    "policy/rulePassword:RulePassword": "0pr",
    "policy/ruleSignon:RuleSignon": "0pr",
    "policy/signon:Signon": "00p",
    "profile/mapping:Mapping": "prm",
    "trustedorigin/origin:Origin": "tos",
    "user/user:User": "00u",
    "user/userType:UserType": "oty",
}

# Ids that are made of arguments.
COMPOSED: Final[dict[str, str]] = {
    "app/accessPolicyAssignment:AccessPolicyAssignment": "{appId}",
    "app/connection:Connection": "{idProperty}",
    "app/features:Features": "{appId}/{name}",
    "app/groupAssignment:GroupAssignment": "{groupId}",
    "app/signonPolicyRules:SignonPolicyRules": "{policyId}",
    "app/user:User": "{userId}",
    "group/owner:Owner": "{idOfGroupOwner}",
    "group/owners:Owners": "{groupId}",
    "index/adminRoleCustomAssignments:AdminRoleCustomAssignments": "{resourceSetId}/{customRoleId}",
    "index/apiToken:ApiToken": "{idProperty}",
    "index/appGroupAssignments:AppGroupAssignments": "{appId}",
    "index/appOauthApiScope:AppOauthApiScope": "{appId}",
    "index/appUserSchemaProperty:AppUserSchemaProperty": "{appId}/{index}",
    "index/authenticatorMethodWebauthn:AuthenticatorMethodWebauthn": "{authenticatorId}/webauthn",
    "index/emailTemplateSettings:EmailTemplateSettings": "{brandId}/{templateName}",
    "index/feature:Feature": "{featureId}",
    "index/groupMemberships:GroupMemberships": "{groupId}",
    "index/groupSchemaProperty:GroupSchemaProperty": "{index}",
    "index/linkDefinition:LinkDefinition": "{primaryName}",
    "index/rateLimiting:RateLimiting": "rate_limiting",
    "index/securityNotificationEmails:SecurityNotificationEmails": "security_notification_emails",
    "index/threatInsightSettings:ThreatInsightSettings": "threat_insight_settings",
    "index/userAdminRoles:UserAdminRoles": "{userId}",
    "index/userBaseSchemaProperty:UserBaseSchemaProperty": "{index}",
    "index/userSchemaProperty:UserSchemaProperty": "{index}",
    "index/requestSequence:RequestSequence": "{idProperty}",
    "index/eventHookVerification:EventHookVerification": "{eventHookId}",
}


def okta_id(prefix: str) -> str:
    """A new id: `prefix` and random characters, 20 in all."""
    return prefix + base62(20 - len(prefix))


@identifies("okta:*")
def identify(call: Call) -> str:
    """The id of a new object."""
    name = call.token.removeprefix("okta:")
    if name in COMPOSED:
        return COMPOSED[name].format_map({k: v for k, v in call.inputs.items() if isinstance(v, str)})
    return okta_id(PREFIXES.get(name, "0ok"))


@keyed("okta:app/groupAssignment:GroupAssignment")
def of_group_assignment(properties: Properties, identifier: str) -> str:
    """The id is the group's: the app tells two assignments apart."""
    return identifier if "/" in identifier else f"{properties.get('appId', '')}/{identifier}"


@keyed("okta:app/user:User")
def of_app_user(properties: Properties, identifier: str) -> str:
    """The id is the user's: the app tells two assignments apart."""
    return identifier if "/" in identifier else f"{properties.get('appId', '')}/{identifier}"


@keyed(
    "okta:index/userSchemaProperty:UserSchemaProperty",
    "okta:index/userBaseSchemaProperty:UserBaseSchemaProperty",
)
def of_user_schema(properties: Properties, identifier: str) -> str:
    """The id is the attribute's name: the user type tells two attributes apart."""
    return f"{properties.get('userType') or 'default'}/{identifier}"


@keyed("okta:group/owner:Owner")
def of_owner(properties: Properties, identifier: str) -> str:
    """The id is the owner's: the group tells two owners apart."""
    return f"{properties.get('groupId', '')}/{identifier}"


@computes("okta:*")
def common(call: Call) -> Properties:
    """Outputs that many Okta types have."""
    return {
        "created": "2026-01-01T00:00:00.000Z",
        "lastUpdated": "2026-01-01T00:00:00.000Z",
        "createdDate": "2026-01-01T00:00:00.000Z",
        "createdBy": okta_id("00u"),
        "lastUpdatedBy": okta_id("00u"),
        "lastUpdate": "2026-01-01T00:00:00.000Z",
        "status": "ACTIVE",
        "system": False,
    }
