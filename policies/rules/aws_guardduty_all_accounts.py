"""A new account is watched from its first day, or not until somebody remembers."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="GuardDuty watches every account of the organisation",
    severity=Severity.HIGH,
    why="A new account is watched from its first day, or not until somebody remembers.",
    remedy="set `autoEnableOrganizationMembers` to ALL",
    types=("aws:guardduty/organizationConfiguration:OrganizationConfiguration",),
    wants=(OneOf(path="autoEnableOrganizationMembers", allowed=("ALL",), refused=("NEW", "NONE")),),
)
