"""Password spraying is seen by Okta across all its customers; audit alone lets it go on."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Okta blocks sign-ins from known bad addresses",
    severity=Severity.HIGH,
    why="Password spraying is seen by Okta across all its customers; audit alone lets it go on.",
    remedy="set `action` to block",
    types=("okta:index/threatInsightSettings:ThreatInsightSettings",),
    wants=(OneOf(path="action", allowed=("block",), refused=("none", "audit")),),
)
