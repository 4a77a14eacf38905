"""A password in state is read by everybody who reads the state."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Sealed

RULE = requirement(
    title="Database passwords never stand in clear",
    severity=Severity.CRITICAL,
    why="A password in state is read by everybody who reads the state.",
    remedy="set `manageMasterUserPassword`, or mark the value as a secret",
    types=("aws:rds/instance:Instance",),
    wants=(Sealed(path="password"),),
)
