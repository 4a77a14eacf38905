"""Another sign-in that says a name becomes whoever has it."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Okta's other sign-ins link and make no accounts by themselves",
    severity=Severity.HIGH,
    why="Whoever registers there under an administrator's name is that administrator here.",
    remedy="set `accountLinkAction` and `provisioningAction` to DISABLED; accounts come from the HR source",
    types=(
        "okta:idp/oidc:Oidc",
        "okta:idp/saml:Saml",
        "okta:idp/social:Social",
    ),
    wants=(
        OneOf(path="accountLinkAction", allowed=("DISABLED",), refused=("AUTO",), default="AUTO"),
        OneOf(path="provisioningAction", allowed=("DISABLED",), refused=("AUTO",), default="AUTO"),
        OneOf(path="groupsAction", allowed=("NONE",), refused=("SYNC", "APPEND", "ASSIGN"), default="NONE"),
    ),
)
