"""A deleted database is lost records; protection makes it two deliberate steps."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Databases are protected from deletion",
    severity=Severity.HIGH,
    why="A deleted database is lost records; protection makes it two deliberate steps.",
    remedy="set `deletionProtection` to true, and `skipFinalSnapshot` to false",
    types=(
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
    ),
    wants=(
        Flag(path="deletionProtection"),
        Flag(path="skipFinalSnapshot", wanted=False),
    ),
)
