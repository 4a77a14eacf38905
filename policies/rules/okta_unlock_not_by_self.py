"""Self-service unlock lets a guesser go on guessing."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Nobody unlocks a locked account alone",
    severity=Severity.MEDIUM,
    why="Self-service unlock lets a guesser go on guessing.",
    remedy="set `passwordUnlock` to DENY, or leave it out",
    types=("okta:policy/rulePassword:RulePassword",),
    wants=(OneOf(path="passwordUnlock", allowed=("DENY",), refused=("ALLOW",), default="DENY"),),
)
