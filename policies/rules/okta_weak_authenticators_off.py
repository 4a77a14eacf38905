"""An answer can be found out or guessed; it is no factor."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Okta's security question is off",
    severity=Severity.HIGH,
    why="An answer can be found out or guessed; it is no factor.",
    remedy="set `status` to INACTIVE",
    types=("okta:index/authenticator:Authenticator",),
    wants=(OneOf(path="status", allowed=("INACTIVE",), refused=("ACTIVE",), default="ACTIVE"),),
    only=Only("key", ("security_question",), "another authenticator"),
    blind_spot="SMS and voice: what they may be used for is judged in sign-on rules and enrolment.",
)
