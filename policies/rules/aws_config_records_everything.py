"""A kind that is not recorded has no history."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="AWS Config records every kind of resource",
    severity=Severity.HIGH,
    why="A kind that is not recorded has no history.",
    remedy="set `recordingGroup.allSupported`, and `includeGlobalResourceTypes` in the home Region",
    types=("aws:cfg/recorder:Recorder",),
    wants=(Flag(path="recordingGroup.allSupported", default=True),),
)
