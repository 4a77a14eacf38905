"""A database's proxy takes connections in clear unless told otherwise."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Database proxies take TLS only",
    severity=Severity.HIGH,
    why="Passwords and records pass it in clear.",
    remedy="set `requireTls` to true",
    types=("aws:rds/proxy:Proxy",),
    wants=(Flag(path="requireTls"),),
)
