"""Machines of kinds for which this pack has no rules are refused, not waved through."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Machines are of kinds that rules judge",
    severity=Severity.MEDIUM,
    why="Nobody reads whether its disks are encrypted and its credentials need a token.",
    remedy="use an instance, or a launch template",
    types=(
        "aws:ec2/launchConfiguration:LaunchConfiguration",
        "aws:ec2/spotFleetRequest:SpotFleetRequest",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    ),
)
