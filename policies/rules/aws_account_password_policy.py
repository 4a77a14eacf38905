"""Where IAM users exist at all, their passwords must hold."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast

RULE = requirement(
    title="An account's own passwords are long and not reused",
    severity=Severity.MEDIUM,
    why="Where IAM users exist at all, their passwords must hold.",
    remedy="set `minimumPasswordLength` to 15 and `passwordReusePrevention` to 24",
    types=("aws:iam/accountPasswordPolicy:AccountPasswordPolicy",),
    wants=(
        AtLeast(path="minimumPasswordLength", parameter="minimumLength", limit=15, default=6),
        AtLeast(path="passwordReusePrevention", parameter="history", limit=24),
    ),
    parameters={
        "minimumLength": days(15, "Characters at least (NIST SP 800-63B-4, 3.1.1.2).", 8, 128),
        "history": days(24, "Earlier passwords that are refused.", 1, 24),
    },
)
