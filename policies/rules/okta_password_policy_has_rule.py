"""A policy without a rule falls back on the defaults of recovery and unlock."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Okta password policies have a rule",
    severity=Severity.MEDIUM,
    why="A policy without a rule falls back on the defaults of recovery and unlock.",
    remedy="declare a `RulePassword` for the policy, both active",
    types=("okta:policy/password:Password",),
    by=(("okta:policy/rulePassword:RulePassword", "policyId"),),
    switched=True,
)
