"""Okta keeps its log for 90 days; evidence has to last six years."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Okta's system log streams out",
    severity=Severity.HIGH,
    why="Okta keeps its log for 90 days; evidence has to last six years.",
    remedy="leave `status` out, or set it to ACTIVE",
    types=("okta:index/logStream:LogStream",),
    wants=(OneOf(path="status", allowed=("ACTIVE",), refused=("INACTIVE",), default="ACTIVE"),),
)
