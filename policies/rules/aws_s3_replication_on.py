"""A disabled rule looks like a copy in another Region, and copies nothing."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="S3 replication rules are on",
    severity=Severity.MEDIUM,
    why="A disabled rule looks like a copy in another Region, and copies nothing.",
    remedy="set every rule's `status` to Enabled",
    types=("aws:s3/bucketReplicationConfig:BucketReplicationConfig",),
    wants=(Each(path="rules", wants=(OneOf(path="status", allowed=("Enabled",), refused=("Disabled",)),)),),
)
