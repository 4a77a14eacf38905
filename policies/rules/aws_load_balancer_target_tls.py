"""Traffic inside the network is traffic too; the rule asks for encryption wherever it is reasonable."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Except
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Load balancers speak TLS to their targets",
    severity=Severity.MEDIUM,
    why=(
        "Traffic inside the network is traffic too; the rule asks for encryption wherever it is reasonable."
    ),
    remedy="set the target group's `protocol` to HTTPS or TLS",
    types=(
        "aws:lb/targetGroup:TargetGroup",
        "aws:alb/targetGroup:TargetGroup",
    ),
    wants=(OneOf(path="protocol", allowed=("HTTPS", "TLS"), refused=("HTTP", "TCP")),),
    only=Except(
        "targetType",
        ("lambda", "alb"),
        "a function has no protocol, a load balancer has listeners of its own",
        "ip",
    ),
    blind_spot=(
        "TCP that carries TLS through to the target needs an exception. So does GENEVE, by which gateway "
        "load balancers hand packets to appliances, encrypted or not."
    ),
)
