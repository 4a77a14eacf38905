"""Reads of a graph are activity that has to be examined, by user."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Neptune sends its audit log away and knows its users",
    severity=Severity.MEDIUM,
    why="Reads of a graph are activity that has to be examined, by user.",
    remedy="list audit in `enableCloudwatchLogsExports`, and set `iamDatabaseAuthenticationEnabled`",
    types=("aws:neptune/cluster:Cluster",),
    wants=(
        Holds(path="enableCloudwatchLogsExports", wanted=("audit",)),
        Flag(path="iamDatabaseAuthenticationEnabled"),
    ),
)
