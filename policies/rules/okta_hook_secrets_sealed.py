"""A credential in state lets its reader forge events."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Sealed

RULE = requirement(
    title="Credentials of Okta hooks never stand in clear",
    severity=Severity.CRITICAL,
    why="A credential in state lets its reader forge events.",
    remedy="mark `auth.value` as a secret",
    types=("okta:index/eventHook:EventHook",),
    wants=(Sealed(path="auth.value"),),
)
