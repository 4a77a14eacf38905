"""With `forceDestroy`, removing a line of code removes every recovery point."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Backup vaults with content can't be deleted",
    severity=Severity.HIGH,
    why="With `forceDestroy`, removing a line of code removes every recovery point.",
    remedy="leave `forceDestroy` out",
    types=("aws:backup/vault:Vault",),
    wants=(Flag(path="forceDestroy", wanted=False),),
)
