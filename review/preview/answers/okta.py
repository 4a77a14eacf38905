"""Ids and computed outputs as Okta forms them: 20 characters, the first three by kind of object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from billing_identity.review.preview.answers.facts import Facts

PREFIXES: Mapping[str, str] = {
    "okta:group/group:Group": "00g",
    "okta:group/rule:Rule": "0pr",
    "okta:user/user:User": "00u",
    "okta:user/userType:UserType": "oty",
    "okta:index/appSignonPolicy:AppSignonPolicy": "rst",
    "okta:index/appSignonPolicyRule:AppSignonPolicyRule": "rul",
    "okta:policy/signon:Signon": "00p",
    "okta:policy/password:Password": "00p",
    "okta:policy/mfa:Mfa": "00p",
    "okta:policy/policyProfileEnrollment:PolicyProfileEnrollment": "rst",
    "okta:policy/ruleSignon:RuleSignon": "0pr",
    "okta:policy/rulePassword:RulePassword": "0pr",
    "okta:policy/ruleMfa:RuleMfa": "0pr",
    "okta:policy/ruleIdpDiscovery:RuleIdpDiscovery": "0pr",
    "okta:policy/deviceAssuranceAndroid:DeviceAssuranceAndroid": "dae",
    "okta:policy/deviceAssuranceChromeos:DeviceAssuranceChromeos": "dae",
    "okta:policy/deviceAssuranceIos:DeviceAssuranceIos": "dae",
    "okta:policy/deviceAssuranceMacos:DeviceAssuranceMacos": "dae",
    "okta:policy/deviceAssuranceWindows:DeviceAssuranceWindows": "dae",
    "okta:network/zone:Zone": "nzo",
    "okta:index/authenticator:Authenticator": "aut",
    "okta:index/behaviour:Behaviour": "beh",
    "okta:index/logStream:LogStream": "0oa",
    "okta:index/adminRoleCustom:AdminRoleCustom": "cr0",
    "okta:index/resourceSet:ResourceSet": "iam",
    "okta:index/eventHook:EventHook": "who",
    "okta:auth/server:Server": "aus",
    "okta:auth/serverPolicy:ServerPolicy": "00p",
    "okta:auth/serverPolicyRule:ServerPolicyRule": "0pr",
    "okta:auth/serverScope:ServerScope": "scp",
    "okta:auth/serverClaim:ServerClaim": "ocl",
    "okta:trustedorigin/origin:Origin": "tos",
    "okta:profile/mapping:Mapping": "prm",
    "okta:index/linkDefinition:LinkDefinition": "ldf",
    "okta:index/campaign:Campaign": "icb",
    "okta:index/entitlement:Entitlement": "esp",
    "okta:index/entitlementBundle:EntitlementBundle": "enb",
    "okta:index/requestCondition:RequestCondition": "rcn",
    "okta:index/requestSequence:RequestSequence": "rsq",
}

# One per organisation, parent or pair: the provider takes an input as the id.
_FROM_INPUT: Mapping[str, str] = {
    "okta:index/appGroupAssignments:AppGroupAssignments": "{appId}",
    "okta:app/groupAssignment:GroupAssignment": "{groupId}",
    "okta:app/accessPolicyAssignment:AccessPolicyAssignment": "{appId}",
    "okta:app/signonPolicyRules:SignonPolicyRules": "{policyId}",
    "okta:index/appUserSchemaProperty:AppUserSchemaProperty": "{appId}/{index}",
    "okta:index/userSchemaProperty:UserSchemaProperty": "{index}",
    "okta:index/userBaseSchemaProperty:UserBaseSchemaProperty": "{index}",
    "okta:index/groupSchemaProperty:GroupSchemaProperty": "{index}",
    "okta:index/groupMemberships:GroupMemberships": "{groupId}",
    "okta:index/userAdminRoles:UserAdminRoles": "{userId}",
    "okta:index/adminRoleCustomAssignments:AdminRoleCustomAssignments": "{resourceSetId}/{customRoleId}",
    "okta:index/appOauthApiScope:AppOauthApiScope": "{appId}",
    "okta:app/features:Features": "{appId}/{name}",
    "okta:index/authenticatorMethodWebauthn:AuthenticatorMethodWebauthn": "{authenticatorId}/webauthn",
}


def answer(facts: Facts) -> tuple[str, dict[str, Any]]:
    """The id and the modelled outputs of an Okta resource."""
    template = _FROM_INPUT.get(facts.type)
    if template is not None:
        found = _filled(template, facts)
        if found is not None:
            return found, {"status": "ACTIVE"}
    if facts.type == "okta:index/threatInsightSettings:ThreatInsightSettings":
        return "threat_insight_settings", {}
    application = facts.type.startswith("okta:app/") and facts.type in _APPS
    prefix = "0oa" if application else PREFIXES.get(facts.type, "obj")
    identity = prefix + facts.base62(17)
    special = _APPS.get(facts.type) or _SPECIAL.get(facts.type)
    return identity, special(facts, identity) if special is not None else {}


def _filled(template: str, facts: Facts) -> str | None:
    parts: list[str] = []
    for part in template.split("/"):
        value = facts.field(part.strip("{}"))
        if value is None:
            return None
        parts.append(value)
    return "/".join(parts)


def _app(facts: Facts, identity: str) -> dict[str, Any]:
    slug = (
        facts.field("preconfiguredApp") or "".join(c for c in facts.text("label").lower() if c.isalnum())
    )[:40]
    return {
        "name": slug,
        "signOnMode": _MODES.get(facts.type.rsplit(":", 1)[1], "BOOKMARK"),
        "logoUrl": f"{facts.scope.org}/assets/img/logos/default.png",
        "status": "ACTIVE",
        "embedUrl": f"{facts.scope.org}/home/{slug}/{identity}/{facts.hex(8)}",
    }


_MODES = {"Saml": "SAML_2_0", "OAuth": "OPENID_CONNECT", "Bookmark": "BOOKMARK", "Swa": "BROWSER_PLUGIN"}


def _oauth(facts: Facts, identity: str) -> dict[str, Any]:
    client = facts.field("clientId") or identity
    return {**_app(facts, identity), "clientId": client, "clientSecret": None}


def _saml(facts: Facts, identity: str) -> dict[str, Any]:
    app = _app(facts, identity)
    key = facts.base62(43, "key")
    return {
        **app,
        "keyId": key,
        "keys": [],
        "entityKey": identity,
        "entityUrl": f"http://www.okta.com/{identity}",
        "metadataUrl": f"{facts.scope.org}/api/v1/apps/{identity}/sso/saml/metadata",
        "metadata": f'<md:EntityDescriptor entityID="http://www.okta.com/{identity}"/>',
        "certificate": "",
        "httpPostBinding": f"{facts.scope.org}/app/{app['name']}/{identity}/sso/saml",
        "httpRedirectBinding": f"{facts.scope.org}/app/{app['name']}/{identity}/sso/saml",
    }


def _policy(facts: Facts, identity: str) -> dict[str, Any]:
    return {"defaultRuleId": "rul" + facts.base62(17, "default rule")}


def _authenticator(facts: Facts, identity: str) -> dict[str, Any]:
    key = facts.text("key")
    return {"type": _KINDS.get(key, "app"), "status": "ACTIVE"}


_KINDS = {
    "webauthn": "security_key", "okta_password": "password", "okta_email": "email", "phone_number": "phone",
    "security_question": "security_question", "okta_verify": "app", "smart_card_idp": "federated",
}  # fmt: skip


def _server(facts: Facts, identity: str) -> dict[str, Any]:
    return {"issuer": f"{facts.scope.org}/oauth2/{identity}", "kid": facts.base62(43, "kid")}


_Special = Callable[[Facts, str], dict[str, Any]]
_APPS: Mapping[str, _Special] = {
    "okta:app/saml:Saml": _saml,
    "okta:app/oAuth:OAuth": _oauth,
    "okta:app/bookmark:Bookmark": _app,
    "okta:app/basicAuth:BasicAuth": _app,
    "okta:app/autoLogin:AutoLogin": _app,
    "okta:app/securePasswordStore:SecurePasswordStore": _app,
    "okta:app/sharedCredentials:SharedCredentials": _app,
    "okta:app/swa:Swa": _app,
    "okta:app/threeField:ThreeField": _app,
}
_SPECIAL: Mapping[str, _Special] = {
    "okta:auth/server:Server": _server,
    "okta:index/appSignonPolicy:AppSignonPolicy": _policy,
    "okta:index/authenticator:Authenticator": _authenticator,
}
