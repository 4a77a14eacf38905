"""A lock without default retention locks nothing that does not ask for it."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Locked S3 objects keep their lock for a set time",
    severity=Severity.HIGH,
    why="A lock without default retention locks nothing that does not ask for it.",
    remedy="set `rule.defaultRetention` with mode COMPLIANCE or GOVERNANCE",
    types=("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",),
    wants=(
        OneOf(path="objectLockEnabled", allowed=("Enabled",), refused=("Disabled",), default="Enabled"),
        OneOf(path="rule.defaultRetention.mode", allowed=("COMPLIANCE", "GOVERNANCE"), refused=("NONE",)),
    ),
)
