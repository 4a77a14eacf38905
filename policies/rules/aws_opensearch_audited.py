"""Searches for patients are activity that has to be examined."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Some
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="OpenSearch sends its audit log away",
    severity=Severity.MEDIUM,
    why="Searches for patients are activity that has to be examined.",
    remedy="publish AUDIT_LOGS in `logPublishingOptions`",
    types=("aws:opensearch/domain:Domain",),
    wants=(Some(path="logPublishingOptions", field="logType", wanted="AUDIT_LOGS"),),
)
