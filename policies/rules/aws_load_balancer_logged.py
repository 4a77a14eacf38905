"""Without the access log nobody can tell afterwards who asked for which record."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Except
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, Set

RULE = requirement(
    title="Load balancers record every request",
    severity=Severity.MEDIUM,
    why="Without the access log nobody can tell afterwards who asked for which record.",
    remedy="set `accessLogs.enabled` to true and name the bucket",
    types=(
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:alb/loadBalancer:LoadBalancer",
    ),
    wants=(
        Flag(path="accessLogs.enabled"),
        Set(path="accessLogs.bucket"),
    ),
    only=Except("loadBalancerType", ("gateway",), "gateway load balancers have no access log", "application"),
)
