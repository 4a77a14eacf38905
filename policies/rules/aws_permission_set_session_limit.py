"""Sessions of people in AWS end within hours."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.permission_sets import session_minutes
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_PERMISSION_SET


def _session(permission_set: ResourceView, context: RuleContext) -> Iterator[Finding]:
    minutes = session_minutes(permission_set)
    longest = context.number("maximumMinutes")
    if not 0 < minutes <= longest:
        yield Finding(f"`sessionDuration` is {minutes} minutes: {longest:.0f} at most")


def _set(**more: object) -> dict[str, object]:
    return {"name": "LogReader", "instanceArn": "arn:aws:sso:::instance/ssoins-1", "__defaults": [], **more}


RULE = ResourceRule(
    title="Sessions of people in AWS end within four hours",
    severity=Severity.MEDIUM,
    why="Credentials of a session work wherever they are copied to, until the session ends.",
    remedy="set `sessionDuration` to PT1H for administrators and to PT4H at most, or leave it out (PT1H)",
    parameters={
        "maximumMinutes": {
            "type": "number",
            "minimum": 15,
            "maximum": 720,
            "default": 240,
            "description": "Longest session in minutes (Identity Center takes 60 to 720; its default is 60).",
        }
    },
    types=(AWS_PERMISSION_SET,),
    checks=(_session,),
    reads={"sessionDuration": "safe"},
    weaker={"sessionDuration": ("PT4H1M", "PT8H", "P1D", "PT0H", "", "4 hours")},
    allowed=(
        Example("an hour", AWS_PERMISSION_SET, _set(sessionDuration="PT1H")),
        Example("left out (an hour)", AWS_PERMISSION_SET, _set()),
    ),
    disallowed=(
        Example("a working day", AWS_PERMISSION_SET, _set(sessionDuration="PT8H")),
        Example("not a duration", AWS_PERMISSION_SET, _set(sessionDuration="8 hours")),
    ),
)
