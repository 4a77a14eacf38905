"""The data interface of a database is a way in beside its network."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Databases have no data interface over HTTP",
    severity=Severity.MEDIUM,
    why="Whoever has the secret reads records over HTTP, past the network that keeps others out.",
    remedy="leave `enableHttpEndpoint` out",
    types=("aws:rds/cluster:Cluster",),
    wants=(Flag(path="enableHttpEndpoint", wanted=False),),
)
