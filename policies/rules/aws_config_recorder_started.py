"""A recorder does not run until it is told to."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="AWS Config's recorder is started",
    severity=Severity.HIGH,
    why="A recorder does not run until it is told to.",
    remedy="declare a `RecorderStatus` for the recorder",
    types=("aws:cfg/recorder:Recorder",),
    by=(("aws:cfg/recorderStatus:RecorderStatus", "name"),),
)
