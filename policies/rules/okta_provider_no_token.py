"""A token has all rights of the administrator who made it, and no scope."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Absent

RULE = requirement(
    title="Deployments to Okta use no API token",
    severity=Severity.HIGH,
    why="A token has all rights of the administrator who made it, and no scope.",
    remedy="use a service app: `clientId`, `privateKeyId`, `privateKey` and `scopes`",
    types=("pulumi:providers:okta",),
    wants=(Absent(path="apiToken"),),
)
