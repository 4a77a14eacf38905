"""A private account belongs to the person, and whoever runs it decides how it is recovered."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Nobody signs in to Okta with a private account",
    severity=Severity.HIGH,
    why="A private account outlives the job, and nobody here can end its sessions.",
    remedy="let people sign in with the company's account; declare a partner's sign-in as OIDC or SAML",
    types=("okta:idp/social:Social",),
)
