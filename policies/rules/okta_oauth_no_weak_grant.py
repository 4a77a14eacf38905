"""Both hand tokens or passwords to whoever listens."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="OAuth applications use no implicit and no password grant",
    severity=Severity.HIGH,
    why="Both hand tokens or passwords to whoever listens.",
    remedy="use authorization_code with PKCE, or client_credentials",
    types=("okta:app/oAuth:OAuth",),
    wants=(
        HoldsNone(
            path="grantTypes",
            refuses=lambda text: text in ("implicit", "password"),
            instead=("client_credentials",),
            examples_refused=("implicit", "password"),
        ),
    ),
)
