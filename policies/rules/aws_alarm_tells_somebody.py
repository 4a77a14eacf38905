"""An alarm without an action is a line in a console that nobody looks at."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Alarms tell somebody",
    severity=Severity.HIGH,
    why="An alarm without an action is a line in a console that nobody looks at.",
    remedy="name a topic in `alarmActions`, and leave `actionsEnabled` on",
    types=(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    ),
    wants=(
        Holds(path="alarmActions", example="arn:aws:sns:us-east-1:111122223333:alarms"),
        Flag(path="actionsEnabled", default=True),
    ),
)
