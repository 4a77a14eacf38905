"""With a shared account nobody can tell who did it; a stored password is one more to lose."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Okta applications hold no passwords and no shared accounts",
    severity=Severity.HIGH,
    why="With a shared account nobody can tell who did it; a stored password is one more to lose.",
    remedy="federate the application by SAML or OpenID Connect",
    types=(
        "okta:app/swa:Swa",
        "okta:app/autoLogin:AutoLogin",
        "okta:app/basicAuth:BasicAuth",
        "okta:app/securePasswordStore:SecurePasswordStore",
        "okta:app/threeField:ThreeField",
        "okta:index/appSharedCredentials:AppSharedCredentials",
    ),
)
