"""What every Okta organisation has from the start: default policies, zones, authenticators, first-party
apps.
"""

import hashlib
from typing import Final

from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties

GROUP: Final = "okta:group/group:Group"
SIGNON: Final = "okta:policy/signon:Signon"
PASSWORD: Final = "okta:policy/password:Password"  # noqa: S105
MFA: Final = "okta:policy/mfa:Mfa"
APP_POLICY: Final = "okta:index/appSignonPolicy:AppSignonPolicy"
ZONE: Final = "okta:network/zone:Zone"
AUTHENTICATOR: Final = "okta:index/authenticator:Authenticator"
OAUTH: Final = "okta:app/oAuth:OAuth"
SAML: Final = "okta:app/saml:Saml"
USER_TYPE: Final = "okta:user/userType:UserType"
SERVER: Final = "okta:auth/server:Server"
BRAND: Final = "okta:index/brand:Brand"

# okta.policy.get_default_policy(type=...) -> type token
POLICY_TYPES: Final = {
    "OKTA_SIGN_ON": SIGNON,
    "PASSWORD": PASSWORD,
    "MFA_ENROLL": MFA,
    "ACCESS_POLICY": APP_POLICY,
}

_SYSTEM: Final[tuple[tuple[str, str, Properties], ...]] = (
    (GROUP, "00g", {"name": "Everyone", "description": "All users in your organization"}),
    (GROUP, "00g", {"name": "Okta Administrators", "description": "Okta manages this group"}),
    (SIGNON, "00p", {"name": "Default Policy", "default": True, "priority": 1.0, "status": "ACTIVE"}),
    (PASSWORD, "00p", {"name": "Default Policy", "default": True, "priority": 1.0, "status": "ACTIVE"}),
    (MFA, "00p", {"name": "Default Policy", "default": True, "priority": 1.0, "status": "ACTIVE"}),
    (APP_POLICY, "rst", {"name": "Any two factors", "priority": 1.0, "default": True}),
    (APP_POLICY, "rst", {"name": "Okta Admin Console", "priority": 1.0}),
    (APP_POLICY, "rst", {"name": "Okta Dashboard", "priority": 1.0}),
    (APP_POLICY, "rst", {"name": "Okta Account Management Policy", "priority": 1.0}),
    (ZONE, "nzo", {"name": "LegacyIpZone", "type": "IP", "usage": "POLICY", "status": "ACTIVE"}),
    (ZONE, "nzo", {"name": "BlockedIpZone", "type": "IP", "usage": "BLOCKLIST", "status": "ACTIVE"}),
    (ZONE, "nzo", {"name": "DefaultExemptIpZone", "type": "IP", "usage": "POLICY", "status": "ACTIVE"}),
    (
        ZONE,
        "nzo",
        {
            "name": "DefaultEnhancedDynamicZone",
            "type": "DYNAMIC_V2",
            "usage": "BLOCKLIST",
            "status": "ACTIVE",
        },
    ),
    (
        AUTHENTICATOR,
        "aut",
        {"key": "okta_password", "name": "Password", "type": "password", "status": "ACTIVE"},
    ),
    (AUTHENTICATOR, "aut", {"key": "okta_email", "name": "Email", "type": "email", "status": "ACTIVE"}),
    (AUTHENTICATOR, "aut", {"key": "okta_verify", "name": "Okta Verify", "type": "app", "status": "ACTIVE"}),
    (AUTHENTICATOR, "aut", {"key": "phone_number", "name": "Phone", "type": "phone", "status": "ACTIVE"}),
    (
        AUTHENTICATOR,
        "aut",
        {
            "key": "security_question",
            "name": "Security Question",
            "type": "security_question",
            "status": "ACTIVE",
        },
    ),
    (OAUTH, "0oa", {"name": "saasure", "label": "Okta Admin Console", "status": "ACTIVE"}),
    (OAUTH, "0oa", {"name": "okta_enduser", "label": "Okta Dashboard", "status": "ACTIVE"}),
    (USER_TYPE, "oty", {"name": "user", "displayName": "User", "description": "Okta user profile template"}),
    (SERVER, "aus", {"name": "default", "audiences": ["api://default"], "status": "ACTIVE"}),
    (BRAND, "bnd", {"name": "default", "isDefault": True}),
)


def set_up(store: Store, account: str) -> None:
    """Set up an organisation that no provider instance has spoken to before; ids depend on its name only."""
    with store.transaction():
        if store.find(APP_POLICY, account, lambda p: p.get("system") is True):
            return
        for kind, prefix, properties in _SYSTEM:
            name = properties.get("key") or properties.get("name")
            digest = hashlib.sha256(f"{account} {kind} {name}".encode()).hexdigest()
            identifier = prefix + digest[: 20 - len(prefix)]
            full: Properties = {**properties, "id": identifier, "system": True}
            store.put(Object("okta", account, "", kind, identifier, identifier, "", full))


def default_policy(store: Store, account: str) -> str:
    """Id of the authentication policy of apps that name none."""
    policies = store.find(APP_POLICY, account, lambda p: p.get("default") is True)
    return policies[0].id if policies else ""
