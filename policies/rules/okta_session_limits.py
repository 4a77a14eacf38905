"""Okta's own session limits are two hours, and no second factor is asked for, unless told otherwise."""

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
from billing_identity.policies.framework.tokens import OKTA_SESSION_RULE

DEFAULT_MINUTES = 120
"""The provider's default of both limits (resource `okta_policy_rule_signon`)."""


def _gives_session(rule: ResourceView) -> None:
    if rule.text("access", "ALLOW") == "DENY":
        raise NotApplicableError("a rule that denies gives no session")


def _idle(rule: ResourceView, context: RuleContext) -> Iterator[Finding]:
    _gives_session(rule)
    idle, longest = rule.number("sessionIdle", DEFAULT_MINUTES), context.number("idleMinutes")
    if not 0 < idle <= longest:
        yield Finding(f"`sessionIdle` is {idle:.0f} minutes (120 when left out): 1 to {longest:.0f}")


def _lifetime(rule: ResourceView, context: RuleContext) -> Iterator[Finding]:
    _gives_session(rule)
    lifetime, longest = rule.number("sessionLifetime", DEFAULT_MINUTES), context.number("lifetimeMinutes")
    if not 0 < lifetime <= longest:
        yield Finding(f"`sessionLifetime` is {lifetime:.0f} minutes (0 is without end): 1 to {longest:.0f}")


def _persistent(rule: ResourceView, _: RuleContext) -> Iterator[Finding]:
    _gives_session(rule)
    if rule.flag("sessionPersistent", default=False):
        yield Finding("`sessionPersistent` is true: the session outlives the browser")


def _second_factor(rule: ResourceView, _: RuleContext) -> Iterator[Finding]:
    _gives_session(rule)
    if not rule.flag("mfaRequired", default=False):
        yield Finding("`mfaRequired` is not true: a session begins with one factor")


_GOOD: dict[str, object] = {
    "policyId": "00p1",
    "name": "workforce",
    "access": "ALLOW",
    "mfaRequired": True,
    "mfaPrompt": "ALWAYS",
    "sessionIdle": 15.0,
    "sessionLifetime": 720.0,
    "sessionPersistent": False,
    "networkConnection": "ANYWHERE",
    "__defaults": ["networkConnection"],
}


def _but(**changes: object) -> dict[str, object]:
    return {**_GOOD, **changes}


RULE = ResourceRule(
    title="Okta sessions end by themselves and begin with two factors",
    severity=Severity.HIGH,
    why="An unattended session is a way into every application behind it.",
    remedy="set `mfaRequired` true, `sessionIdle` 15, `sessionLifetime` 720 and `sessionPersistent` false",
    parameters={
        "idleMinutes": {
            "type": "number",
            "minimum": 1,
            "maximum": 60,
            "default": 15,
            "description": "Longest idle time in minutes (DISA Okta STIG 000020; NIST SP 800-63B-4 2.3.3).",
        },
        "lifetimeMinutes": {
            "type": "number",
            "minimum": 1,
            "maximum": 1440,
            "default": 720,
            "description": "Longest session in minutes (NIST SP 800-63B-4 2.3.3: 12 hours).",
        },
    },
    types=(OKTA_SESSION_RULE,),
    checks=(_idle, _lifetime, _persistent, _second_factor),
    reads={
        "access": "safe",
        "sessionIdle": "fails",
        "sessionLifetime": "safe",
        "sessionPersistent": "safe",
        "mfaRequired": "fails",
    },
    weaker={
        "sessionIdle": (16.0, 120.0, 0.0),
        "sessionLifetime": (721.0, 0.0),
        "sessionPersistent": (True,),
        "mfaRequired": (False, "false"),
    },
    neutral={"access": "a rule that denies gives no session"},
    allowed=(
        Example("short, with a second factor", OKTA_SESSION_RULE, _GOOD),
        Example(
            "lifetime left out (120 minutes)", OKTA_SESSION_RULE, {"mfaRequired": True, "sessionIdle": 15.0}
        ),
    ),
    disallowed=(
        Example("idle left out (120 minutes)", OKTA_SESSION_RULE, {"mfaRequired": True}),
        Example("idle too long", OKTA_SESSION_RULE, _but(sessionIdle=30.0)),
        Example("no end", OKTA_SESSION_RULE, _but(sessionLifetime=0.0)),
        Example("too long", OKTA_SESSION_RULE, _but(sessionLifetime=1440.0)),
        Example("persistent", OKTA_SESSION_RULE, _but(sessionPersistent=True)),
        Example("one factor", OKTA_SESSION_RULE, _but(mfaRequired=False)),
    ),
    blind_spot="Session limits that an application sets by itself.",
)
