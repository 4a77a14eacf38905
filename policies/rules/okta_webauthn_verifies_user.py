"""A key that is only touched proves that somebody has it, not who."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Security keys ask for PIN or fingerprint",
    severity=Severity.HIGH,
    why="A key that is only touched proves that somebody has it, not who.",
    remedy="set `userVerification` to REQUIRED",
    types=("okta:index/authenticatorMethodWebauthn:AuthenticatorMethodWebauthn",),
    wants=(OneOf(path="userVerification", allowed=("REQUIRED",), refused=("DISCOURAGED", "PREFERRED")),),
)
