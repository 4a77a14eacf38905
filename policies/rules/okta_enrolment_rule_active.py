"""A rule that never prompts leaves people with a password."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Okta asks for factors at sign-in",
    severity=Severity.MEDIUM,
    why="A rule that never prompts leaves people with a password.",
    remedy="set `enroll` to LOGIN or CHALLENGE",
    types=("okta:policy/ruleMfa:RuleMfa",),
    wants=(OneOf(path="enroll", allowed=("LOGIN", "CHALLENGE"), refused=("NEVER",), default="CHALLENGE"),),
)
