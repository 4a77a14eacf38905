"""A person declared here is outside HR's joiners and leavers, with a password in state."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="People come to Okta from HR",
    severity=Severity.HIGH,
    why="A person declared here is outside HR's joiners and leavers, with a password in state.",
    remedy="let HR's import create accounts",
    types=("okta:user/user:User",),
)
