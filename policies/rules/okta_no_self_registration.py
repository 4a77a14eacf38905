"""Nobody becomes a person of the company by filling in a form."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Strangers can't register themselves in Okta",
    severity=Severity.CRITICAL,
    why="Who works here is known to HR; a stranger in the directory is one group away from records.",
    remedy="set `unknownUserAction` to DENY",
    types=("okta:index/policyRuleProfileEnrollment:PolicyRuleProfileEnrollment",),
    wants=(OneOf(path="unknownUserAction", allowed=("DENY",), refused=("REGISTER",)),),
)
