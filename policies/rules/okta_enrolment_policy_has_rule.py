"""A policy without a rule never asks anybody to enrol."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Okta enrolment policies have a rule",
    severity=Severity.MEDIUM,
    why="A policy without a rule never asks anybody to enrol.",
    remedy="declare a `RuleMfa` for the policy, both active",
    types=("okta:policy/mfa:Mfa",),
    by=(("okta:policy/ruleMfa:RuleMfa", "policyId"),),
    switched=True,
)
