"""A secret in state is read by everybody who reads the state."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Sealed

RULE = requirement(
    title="The password of Okta's mail server never stands in clear",
    severity=Severity.CRITICAL,
    why="Whoever sends mail as Okta sends everybody a link to a look-alike.",
    remedy="mark `password` as a secret",
    types=("okta:index/emailSmtpServer:EmailSmtpServer",),
    wants=(Sealed(path="password"),),
)
