"""A recorder that is stopped looks like a history and writes none."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="AWS Config's recorder runs",
    severity=Severity.HIGH,
    why="A recorder that is stopped looks like a history and writes none.",
    remedy="set `isEnabled` to true",
    types=("aws:cfg/recorderStatus:RecorderStatus",),
    wants=(Flag(path="isEnabled"),),
)
