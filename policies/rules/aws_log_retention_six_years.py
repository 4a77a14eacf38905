"""A log group keeps its events for six years, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, Plain, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_LOG_GROUP

_UP_TO_FIVE_YEARS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827)
PERIODS = (*_UP_TO_FIVE_YEARS, 2192, 2557, 2922, 3288, 3653)
"""Days that CloudWatch Logs takes (PutRetentionPolicy, 2026-11-24)."""


def _retention(group: ResourceView, context: RuleContext) -> Iterator[Finding]:
    days, least = group.number("retentionInDays", 0), context.number("minimumDays")
    if days == 0:
        yield Finding("`retentionInDays` is not set: nothing says how long the events are kept")
    elif days < least:
        yield Finding(f"`retentionInDays` is {days:.0f}: at least {least:.0f}")


def _class(group: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if group.text("logGroupClass", "STANDARD") == "DELIVERY":
        yield Finding("`logGroupClass` DELIVERY keeps events for two days, whatever `retentionInDays` says")


def _keep(group: ResourceView, context: RuleContext) -> Mapping[str, Plain]:
    least = context.number("minimumDays")
    if group.number("retentionInDays", 0) >= least or group.text("logGroupClass", "STANDARD") == "DELIVERY":
        return {}
    return {"retentionInDays": min(days for days in PERIODS if days >= least)}


def _group(**more: object) -> dict[str, object]:
    return {"name": "/meridian/prod/okta", "skipDestroy": True, "__defaults": [], **more}


RULE = ResourceRule(
    title="CloudWatch log groups keep events for six years",
    severity=Severity.MEDIUM,
    why="The record of activity is the evidence for reviews and investigations; it must outlast them.",
    remedy="set `retentionInDays` to 2192, the shortest that is never less than six years",
    parameters={
        "minimumDays": {
            "type": "number",
            "minimum": 1,
            "maximum": 3653,
            "default": 2192,
            "description": "Days at least: six years hold up to two leap days (164.316(b)(2)(i)).",
        }
    },
    types=(AWS_LOG_GROUP,),
    checks=(_retention, _class),
    corrects=(_keep,),
    reads={"retentionInDays": "fails", "logGroupClass": "safe"},
    weaker={"retentionInDays": (2191.0, 365.0, 0.0, -1.0), "logGroupClass": ("DELIVERY",)},
    allowed=(
        Example("2,192 days", AWS_LOG_GROUP, _group(retentionInDays=2192.0)),
        Example("ten years", AWS_LOG_GROUP, _group(retentionInDays=3653.0, logGroupClass="STANDARD")),
    ),
    disallowed=(
        Example("a year", AWS_LOG_GROUP, _group(retentionInDays=365.0)),
        Example("five years", AWS_LOG_GROUP, _group(retentionInDays=1827.0)),
        Example("left out", AWS_LOG_GROUP, _group()),
        Example("zero", AWS_LOG_GROUP, _group(retentionInDays=0.0)),
        Example("delivery class", AWS_LOG_GROUP, _group(retentionInDays=2192.0, logGroupClass="DELIVERY")),
    ),
    blind_spot="Other sinks of logs: buckets, event archives and backups have rules of their own.",
)
