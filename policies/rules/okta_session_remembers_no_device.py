"""A device that is remembered is asked for no second factor, whoever sits at it."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.tokens import OKTA_SESSION_RULE
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Okta sessions remember no device instead of a second factor",
    severity=Severity.HIGH,
    why="For as long as a device is remembered, a password is enough on it.",
    remedy="leave `mfaRememberDevice` out, or set it to false",
    types=(OKTA_SESSION_RULE,),
    wants=(Flag(path="mfaRememberDevice", wanted=False),),
)
