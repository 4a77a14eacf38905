"""Whoever reaches an open cache reads everybody's sessions."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="ElastiCache asks who connects",
    severity=Severity.HIGH,
    why="Whoever reaches an open cache reads everybody's sessions.",
    remedy="name user groups in `userGroupIds`",
    types=("aws:elasticache/replicationGroup:ReplicationGroup",),
    wants=(Holds(path="userGroupIds", example="billing"),),
    blind_spot="A group with `authToken` instead, one password for all, needs an exception.",
)
