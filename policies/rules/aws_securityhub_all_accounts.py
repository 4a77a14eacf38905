"""A new account is watched from its first day, or not until somebody remembers."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Security Hub takes every new account in",
    severity=Severity.MEDIUM,
    why="A new account is watched from its first day, or not until somebody remembers.",
    remedy="set `autoEnable` to true",
    types=("aws:securityhub/organizationConfiguration:OrganizationConfiguration",),
    wants=(Flag(path="autoEnable"),),
    blind_spot=(
        "Central configuration sets `autoEnable` false and a policy instead: that needs an exception."
    ),
)
