"""What Secrets Manager guards would lie open in the state beside it."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Sealed

RULE = requirement(
    title="Values of secrets never stand in clear",
    severity=Severity.CRITICAL,
    why="What Secrets Manager guards would lie open in the state beside it.",
    remedy="mark `secretString` as a secret",
    types=("aws:secretsmanager/secretVersion:SecretVersion",),
    wants=(
        Sealed(path="secretString"),
        Sealed(path="secretBinary"),
    ),
)
