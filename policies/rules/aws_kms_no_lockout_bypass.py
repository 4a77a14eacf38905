"""A key whose policy shuts everybody out takes its data along."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Key policies keep the check against locking everybody out",
    severity=Severity.HIGH,
    why="A key whose policy shuts everybody out takes its data along.",
    remedy="leave `bypassPolicyLockoutSafetyCheck` out",
    types=(
        "aws:kms/key:Key",
        "aws:kms/replicaKey:ReplicaKey",
    ),
    wants=(Flag(path="bypassPolicyLockoutSafetyCheck", wanted=False),),
)
