"""Access without an end outlives its reason."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtMost

RULE = requirement(
    title="Access by package ends by itself",
    severity=Severity.HIGH,
    why="Access without an end outlives its reason.",
    remedy="set `durationInDays`",
    types=("azuread:index/accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy",),
    wants=(AtMost(path="durationInDays", parameter="maximumDays", limit=365),),
    parameters={"maximumDays": days(365, "Days at most until access has to be asked for again.", 1, 3650)},
)
