"""A phone number can be moved to another card by whoever talks to the shop."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)

_AUTHENTICATOR = "okta:index/authenticator:Authenticator"


def _recovery(authenticator: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if authenticator.text("key", "") != "phone_number":
        raise NotApplicableError("another authenticator")
    if authenticator.text("status", "ACTIVE") == "INACTIVE":
        return
    settings = authenticator.json("settings")
    allowed = settings.text("allowedFor", "") if settings is not None else ""
    if allowed not in ("sso", "none"):
        yield Finding(f"`settings` allows the telephone for {allowed or 'what Okta takes by itself'}")


def _phone(**changes: object) -> dict[str, object]:
    return {"key": "phone_number", "name": "Phone", "status": "ACTIVE", **changes}


_SSO = '{"allowedFor":"sso"}'

RULE = ResourceRule(
    title="Nobody recovers an Okta account by telephone",
    severity=Severity.HIGH,
    why="A text that resets the password is all that an account needs to change hands.",
    remedy="set `settings` to allowedFor sso (for a fallback that ends) or none, or `status` to INACTIVE",
    types=(_AUTHENTICATOR,),
    checks=(_recovery,),
    reads={"key": "safe", "status": "safe", "settings": "fails", "settings#.allowedFor": "fails"},
    weaker={
        "settings": ("{}", '{"allowedFor":"any"}', "sso"),
        "settings#.allowedFor": ("any", "recovery", ""),
    },
    neutral={
        "key": "it decides what is judged",
        "status": "an authenticator that is off is no way in; okta-text-codes-for-a-while judges its use",
    },
    allowed=(
        Example("for sign-in", _AUTHENTICATOR, _phone(settings=_SSO)),
        Example("off", _AUTHENTICATOR, _phone(status="INACTIVE"), weaker={}),
    ),
    disallowed=(
        Example("for everything", _AUTHENTICATOR, _phone(settings='{"allowedFor":"any"}')),
        Example("not said", _AUTHENTICATOR, _phone()),
    ),
)
