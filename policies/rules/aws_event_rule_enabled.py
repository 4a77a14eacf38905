"""A rule of events that is switched off tells nobody."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="Rules of events are on",
    severity=Severity.HIGH,
    why="An alert that waits for a disabled rule never comes, and nothing says so.",
    remedy="set `state` to ENABLED, or leave it out",
    types=("aws:cloudwatch/eventRule:EventRule",),
    wants=(
        OneOf(
            path="state",
            allowed=("ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
            refused=("DISABLED",),
            default="ENABLED",
        ),
        Flag(path="isEnabled", default=True),
    ),
)
