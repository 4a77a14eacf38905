"""A membership made by hand is outside HR's joiners and leavers, and survives."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Nobody is put into an Entra group by hand",
    severity=Severity.HIGH,
    why="A membership made by hand is outside HR's joiners and leavers, and survives.",
    remedy="use a dynamic rule, or an access package with an end",
    types=("azuread:index/groupMember:GroupMember",),
)
