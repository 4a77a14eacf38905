"""A database with a public address is one security group away from the whole internet."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Databases have no public address",
    severity=Severity.CRITICAL,
    why="A database with a public address is one security group away from the whole internet.",
    remedy="set `publiclyAccessible` to false, or leave it out",
    types=(
        "aws:rds/instance:Instance",
        "aws:rds/clusterInstance:ClusterInstance",
    ),
    wants=(Flag(path="publiclyAccessible", wanted=False),),
)
