"""Policies of backup vaults let nobody in unnamed."""

from __future__ import annotations

from billing_identity.policies.framework.families import not_public

RULE = not_public(
    title="Policies of backup vaults let nobody in unnamed",
    types=("aws:backup/vaultPolicy:VaultPolicy",),
)
