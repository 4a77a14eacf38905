"""A secret in state is read by everybody who reads the state."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Sealed

RULE = requirement(
    title="Secrets of other sign-ins never stand in clear",
    severity=Severity.CRITICAL,
    why="A secret in state is read by everybody who reads the state.",
    remedy="mark the value as a secret",
    types=(
        "okta:idp/oidc:Oidc",
        "okta:idp/social:Social",
    ),
    wants=(
        Sealed(path="clientSecret"),
        Sealed(path="applePrivateKey"),
    ),
)
