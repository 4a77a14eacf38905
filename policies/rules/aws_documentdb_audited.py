"""Reads of documents are activity that has to be examined."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="DocumentDB sends its audit log away",
    severity=Severity.MEDIUM,
    why="Reads of documents are activity that has to be examined.",
    remedy="list audit in `enabledCloudwatchLogsExports`",
    types=("aws:docdb/cluster:Cluster",),
    wants=(Holds(path="enabledCloudwatchLogsExports", wanted=("audit",)),),
)
