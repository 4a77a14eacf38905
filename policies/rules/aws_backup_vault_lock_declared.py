"""Whoever takes the account over deletes the backups first."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Backup vaults have a lock",
    severity=Severity.HIGH,
    why="Whoever takes the account over deletes the backups first.",
    remedy="declare a `VaultLockConfiguration` for the vault",
    types=("aws:backup/vault:Vault",),
    by=(("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "backupVaultName"),),
)
