"""A page in clear can be changed on the way, and calls Okta with the person's session."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Begins

RULE = requirement(
    title="Trusted origins are HTTPS",
    severity=Severity.HIGH,
    why="A page in clear can be changed on the way, and calls Okta with the person's session.",
    remedy="write an https:// address in `origin`",
    types=("okta:trustedorigin/origin:Origin",),
    wants=(
        Begins(
            path="origin",
            prefix="https://",
            refused=("http://portal.example.com",),
            example="https://portal.example.com",
        ),
    ),
)
