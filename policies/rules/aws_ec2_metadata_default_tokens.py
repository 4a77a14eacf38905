"""The account's default covers what is started by hand."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="An account's instances give credentials for tokens only",
    severity=Severity.HIGH,
    why="The account's default covers what is started by hand.",
    remedy="set `httpTokens` to required",
    types=("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",),
    wants=(
        OneOf(
            path="httpTokens",
            allowed=("required",),
            refused=("optional", "no-preference"),
            default="no-preference",
        ),
    ),
)
