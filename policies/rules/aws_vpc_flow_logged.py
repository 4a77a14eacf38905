"""Without flow logs nobody can tell afterwards where data went."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Networks record their traffic",
    severity=Severity.MEDIUM,
    why="Without flow logs nobody can tell afterwards where data went.",
    remedy="declare a `FlowLog` for the VPC",
    types=("aws:ec2/vpc:Vpc",),
    by=(("aws:ec2/flowLog:FlowLog", "vpcId"),),
)
