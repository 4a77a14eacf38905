"""A token is a password without a person; where it works is all that holds it."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Okta's API tokens work from declared zones only",
    severity=Severity.HIGH,
    why="A token that leaks works from anywhere, for as long as somebody uses it every month.",
    remedy="replace it by an application with a key pair; until then set `network.connection` to ZONE",
    types=("okta:index/apiToken:ApiToken",),
    wants=(
        OneOf(path="network.connection", allowed=("ZONE",), refused=("ANYWHERE",)),
        Holds(path="network.includes"),
    ),
)
