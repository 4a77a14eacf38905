"""A session outlives the sign-in it came from; a short one ends with the task."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtMost

RULE = requirement(
    title="Sessions of IAM roles end within an hour",
    severity=Severity.MEDIUM,
    why="A session outlives the sign-in it came from; a short one ends with the task.",
    remedy="leave `maxSessionDuration` out, or set 3600",
    types=("aws:iam/role:Role",),
    wants=(AtMost(path="maxSessionDuration", parameter="maximumSeconds", limit=3600, default=3600),),
    parameters={"maximumSeconds": days(3600, "Seconds at most; IAM takes 3600 to 43200.", 3600, 43200)},
)
