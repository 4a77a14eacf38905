"""Instances' own disks are encrypted."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Instances' own disks are encrypted",
    severity=Severity.HIGH,
    why=(
        "Storage under Amazon's own key is open to whoever the service lets in; a key of our "
        "own is a second lock."
    ),
    remedy="set `rootBlockDevice.encrypted` to true, and on every other device too",
    types=("aws:ec2/instance:Instance",),
    wants=(
        Flag(path="rootBlockDevice.encrypted"),
        Each(
            path="ebsBlockDevices",
            needed=False,
            wants=(Flag(path="encrypted"),),
            base={"deviceName": "/dev/sdf"},
        ),
    ),
)
