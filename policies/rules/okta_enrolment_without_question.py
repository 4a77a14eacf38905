"""An answer can be found out or guessed; it is no factor."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Nobody enrols a security question in Okta",
    severity=Severity.HIGH,
    why="An answer can be found out or guessed; it is no factor.",
    remedy="set `securityQuestion.enroll` to NOT_ALLOWED",
    types=(
        "okta:policy/mfa:Mfa",
        "okta:index/policyMfaDefault:PolicyMfaDefault",
    ),
    wants=(
        OneOf(
            path="securityQuestion.enroll",
            allowed=("NOT_ALLOWED",),
            refused=("OPTIONAL", "REQUIRED"),
            default="NOT_ALLOWED",
        ),
    ),
)
