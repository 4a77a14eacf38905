"""A cache cluster alone can be neither encrypted nor given users; a member of a group is as its group."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Set

RULE = requirement(
    title="Cache clusters belong to a replication group",
    severity=Severity.HIGH,
    why="Encryption at rest, users and fail-over are the group's; no rule judges a cluster alone.",
    remedy="declare a `ReplicationGroup`, and name it in `replicationGroupId`",
    types=("aws:elasticache/cluster:Cluster",),
    wants=(Set(path="replicationGroupId", example="claims"),),
    blind_spot="A group of another program: judge that program too.",
)
