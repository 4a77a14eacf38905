"""Traffic inside the network is traffic too; the rule asks for encryption wherever it is reasonable."""

from __future__ import annotations

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
    blind_spot="Targets that are Lambda functions have no protocol and need an exception.",
)
