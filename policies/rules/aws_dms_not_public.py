"""A replication instance reads whole databases; nobody outside has business with it."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="DMS replication instances have no public address",
    severity=Severity.HIGH,
    why="A replication instance reads whole databases; nobody outside has business with it.",
    remedy="set `publiclyAccessible` to false",
    types=("aws:dms/replicationInstance:ReplicationInstance",),
    wants=(Flag(path="publiclyAccessible", wanted=False),),
)
