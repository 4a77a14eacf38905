"""A control that is switched off finds nothing any more."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Security Hub controls are on",
    severity=Severity.MEDIUM,
    why="A disabled control looks like a clean account.",
    remedy="set `controlStatus` to ENABLED, or record an exception",
    types=("aws:securityhub/standardsControl:StandardsControl",),
    wants=(OneOf(path="controlStatus", allowed=("ENABLED",), refused=("DISABLED",)),),
)
