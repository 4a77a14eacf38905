"""Headers read differently by two servers let one request pass for another."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Load balancers drop malformed headers",
    severity=Severity.MEDIUM,
    why="Headers read differently by two servers let one request pass for another.",
    remedy="set `dropInvalidHeaderFields` to true",
    types=(
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:alb/loadBalancer:LoadBalancer",
    ),
    wants=(Flag(path="dropInvalidHeaderFields"),),
    only=Only(
        "loadBalancerType",
        ("application",),
        "only application load balancers read headers",
        default="application",
    ),
)
