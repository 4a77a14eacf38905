"""The old metadata service hands an instance's credentials to any request that it can be made to send."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Instances give their credentials for tokens only",
    severity=Severity.HIGH,
    why=(
        "The old metadata service hands an instance's credentials to any request that it can be made to send."
    ),
    remedy="set `metadataOptions.httpTokens` to required",
    types=(
        "aws:ec2/instance:Instance",
        "aws:ec2/launchTemplate:LaunchTemplate",
    ),
    wants=(
        OneOf(
            path="metadataOptions.httpTokens",
            allowed=("required",),
            refused=("optional",),
            default="optional",
        ),
    ),
)
