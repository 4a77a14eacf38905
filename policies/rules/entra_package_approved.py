"""Access that anybody gives themselves is not authorised."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Access packages are approved by somebody",
    severity=Severity.HIGH,
    why="Access that anybody gives themselves is not authorised.",
    remedy="set `approvalSettings.approvalRequired` with stages, and `requestorJustificationRequired`",
    types=("azuread:index/accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy",),
    wants=(
        Flag(path="approvalSettings.approvalRequired"),
        Flag(path="approvalSettings.requestorJustificationRequired"),
    ),
)
