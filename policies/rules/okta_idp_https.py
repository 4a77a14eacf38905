"""What goes to another sign-in in clear is read and changed on the way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Begins

RULE = requirement(
    title="Okta talks to other sign-ins over HTTPS",
    severity=Severity.HIGH,
    why="Whoever stands on the way answers in its place.",
    remedy="write https:// addresses",
    types=("okta:idp/oidc:Oidc",),
    wants=tuple(
        Begins(
            path=path,
            prefix="https://",
            refused=("http://login.example.com/",),
            example="https://login.example.com/",
        )
        for path in ("authorizationUrl", "issuerUrl", "jwksUrl", "tokenUrl")
    ),
)
