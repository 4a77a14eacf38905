"""A policy without a rule changes nothing: the default policy holds, without limits."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Okta session policies have a rule",
    severity=Severity.HIGH,
    why="A policy without a rule changes nothing: the default policy holds, without limits.",
    remedy="declare a `RuleSignon` for the policy, both active",
    types=("okta:policy/signon:Signon",),
    by=(("okta:policy/ruleSignon:RuleSignon", "policyId"),),
    switched=True,
)
