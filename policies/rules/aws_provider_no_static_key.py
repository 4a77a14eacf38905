"""A static key works from anywhere, for whoever has it, until somebody finds out."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Absent

RULE = requirement(
    title="Deployments to AWS use no static key",
    severity=Severity.HIGH,
    why="A static key works from anywhere, for whoever has it, until somebody finds out.",
    remedy="assume a role through OpenID Connect; leave `accessKey` and `secretKey` out",
    types=("pulumi:providers:aws",),
    wants=(
        Absent(path="accessKey"),
        Absent(path="secretKey"),
    ),
)
