"""The portals stop while a single cache node is rebuilt."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Caches survive the loss of a node",
    severity=Severity.LOW,
    why="The portals stop while a single cache node is rebuilt.",
    remedy="set `automaticFailoverEnabled` and `multiAzEnabled`",
    types=("aws:elasticache/replicationGroup:ReplicationGroup",),
    wants=(
        Flag(path="automaticFailoverEnabled"),
        Flag(path="multiAzEnabled"),
    ),
)
