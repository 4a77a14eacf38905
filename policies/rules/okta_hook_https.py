"""Events name people and their access; in clear anybody on the way reads them."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Begins

RULE = requirement(
    title="Okta hooks call HTTPS addresses",
    severity=Severity.HIGH,
    why="Events name people and their access; in clear anybody on the way reads them.",
    remedy="write an https:// address in `channel.uri`",
    types=("okta:index/eventHook:EventHook",),
    wants=(
        Begins(
            path="channel.uri",
            prefix="https://",
            refused=("http://hooks.example.com",),
            example="https://hooks.example.com",
        ),
    ),
)
