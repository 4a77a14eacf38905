"""A rotation every few years is none."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtMost

RULE = requirement(
    title="Secrets rotate within a year",
    severity=Severity.MEDIUM,
    why="A secret that changes once in years is known to everybody who ever worked with it.",
    remedy="set `rotationRules.automaticallyAfterDays` to 365 or less",
    types=("aws:secretsmanager/secretRotation:SecretRotation",),
    wants=(AtMost(path="rotationRules.automaticallyAfterDays", parameter="maximumDays", limit=365),),
    parameters={"maximumDays": days(365, "Longest time between rotations, in days.", 1, 1000)},
    blind_spot="A schedule in `scheduleExpression`, which needs an exception.",
)
