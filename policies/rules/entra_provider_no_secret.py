"""A secret works from anywhere, for whoever has it, until somebody finds out."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Absent

RULE = requirement(
    title="Deployments to Entra use no client secret",
    severity=Severity.HIGH,
    why="A secret works from anywhere, for whoever has it, until somebody finds out.",
    remedy="use OpenID Connect (`useOidc`)",
    types=("pulumi:providers:azuread",),
    wants=(
        Absent(path="clientSecret"),
        Absent(path="clientCertificatePassword"),
    ),
)
