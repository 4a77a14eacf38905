"""A deleted load balancer takes the portal of every client down."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Load balancers are protected from deletion",
    severity=Severity.LOW,
    why="A deleted load balancer takes the portal of every client down.",
    remedy="set `enableDeletionProtection` to true",
    types=(
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:alb/loadBalancer:LoadBalancer",
    ),
    wants=(Flag(path="enableDeletionProtection"),),
)
