"""Agreements promise where records are; a Region is chosen in one line."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import names, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="ePHI stays in allowed Regions",
    severity=Severity.HIGH,
    why="Agreements promise where records are; a Region is chosen in one line.",
    remedy="use a Region of the parameter `regions`",
    types=("pulumi:providers:aws",),
    wants=(
        OneOf(
            path="region",
            allowed=("us-east-1", "us-east-2", "us-west-1", "us-west-2"),
            refused=("eu-west-1", "ap-south-1"),
            parameter="regions",
        ),
    ),
    parameters={
        "regions": names(
            ("us-east-1", "us-east-2", "us-west-1", "us-west-2"), "AWS Regions in which resources may be."
        )
    },
)
