"""A global database hands its encryption to every Region."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Global databases are encrypted",
    severity=Severity.HIGH,
    why="What the global cluster leaves in clear lies in clear in each Region.",
    remedy="set `storageEncrypted` to true",
    types=("aws:rds/globalCluster:GlobalCluster",),
    wants=(Flag(path="storageEncrypted"),),
)
