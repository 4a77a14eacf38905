"""A secret deleted at once stops every system that uses it, for good."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast

RULE = requirement(
    title="Deleted secrets can be brought back for a while",
    severity=Severity.MEDIUM,
    why="A secret deleted at once stops every system that uses it, for good.",
    remedy="set `recoveryWindowInDays` to 30, or leave it out",
    types=("aws:secretsmanager/secret:Secret",),
    wants=(AtLeast(path="recoveryWindowInDays", parameter="minimumDays", limit=30, default=30),),
    parameters={
        "minimumDays": days(30, "Days at least; Secrets Manager takes 7 to 30, its default is 30.", 7, 30)
    },
)
