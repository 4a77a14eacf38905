"""What was refused shows the attempt, what was let through shows the damage."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Flow logs record all traffic",
    severity=Severity.MEDIUM,
    why="What was refused shows the attempt, what was let through shows the damage.",
    remedy="set `trafficType` to ALL",
    types=("aws:ec2/flowLog:FlowLog",),
    wants=(OneOf(path="trafficType", allowed=("ALL",), refused=("ACCEPT", "REJECT")),),
)
