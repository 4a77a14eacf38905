"""Sessions of people in AWS end within hours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import MalformedError, ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_PERMISSION_SET

_DURATION = re.compile(r"^PT(?:(?P<hours>\d{1,2})H)?(?:(?P<minutes>\d{1,3})M)?$")


def _session(permission_set: ResourceView, context: RuleContext) -> Iterator[Finding]:
    text = permission_set.text("sessionDuration", "PT1H")
    match = _DURATION.match(text)
    if match is None or text == "PT":
        raise MalformedError("sessionDuration", "an ISO 8601 duration such as PT1H")
    minutes = 60 * int(match["hours"] or 0) + int(match["minutes"] or 0)
    longest = context.number("maximumMinutes")
    if not 0 < minutes <= longest:
        yield Finding(f"`sessionDuration` is {text}: {longest:.0f} minutes at most")


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
