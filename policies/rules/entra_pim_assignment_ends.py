"""An assignment without end is reviewed by nobody."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Active assignments to privileged groups end",
    severity=Severity.HIGH,
    why="An assignment without end is reviewed by nobody.",
    remedy="set `expirationRequired` to true in `activeAssignmentRules`",
    types=("azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy",),
    wants=(Flag(path="activeAssignmentRules.expirationRequired"),),
)
