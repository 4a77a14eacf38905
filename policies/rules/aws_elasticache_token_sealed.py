"""A token in state is read by everybody who reads the state."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Sealed

RULE = requirement(
    title="Cache tokens never stand in clear",
    severity=Severity.CRITICAL,
    why="A token in state is read by everybody who reads the state.",
    remedy="mark `authToken` as a secret",
    types=("aws:elasticache/replicationGroup:ReplicationGroup",),
    wants=(Sealed(path="authToken"),),
)
