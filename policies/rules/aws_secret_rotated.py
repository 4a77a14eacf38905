"""A secret that never changes is known to everybody who ever worked with it."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Secrets rotate",
    severity=Severity.MEDIUM,
    why="A secret that never changes is known to everybody who ever worked with it.",
    remedy="declare a `SecretRotation` for the secret",
    types=("aws:secretsmanager/secret:Secret",),
    by=(("aws:secretsmanager/secretRotation:SecretRotation", "secretId"),),
)
