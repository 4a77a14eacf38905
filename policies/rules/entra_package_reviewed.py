"""A review finds what no longer fits the job."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="Access by package is reviewed",
    severity=Severity.MEDIUM,
    why="A review finds what no longer fits the job.",
    remedy="set `assignmentReviewSettings.enabled`, removing access when nobody answers",
    types=("azuread:index/accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy",),
    wants=(
        Flag(path="assignmentReviewSettings.enabled"),
        OneOf(
            path="assignmentReviewSettings.accessReviewTimeoutBehavior",
            allowed=("removeAccess",),
            refused=("keepAccess", "acceptAccessRecommendation"),
        ),
    ),
)
