"""A cache holds session tokens and records; in clear they can be read on the way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="ElastiCache takes TLS only",
    severity=Severity.HIGH,
    why="A cache holds session tokens and records; in clear they can be read on the way.",
    remedy="set `transitEncryptionEnabled`, and `transitEncryptionMode` to required",
    types=("aws:elasticache/replicationGroup:ReplicationGroup",),
    wants=(
        Flag(path="transitEncryptionEnabled"),
        OneOf(path="transitEncryptionMode", allowed=("required",), refused=("preferred",)),
    ),
)
