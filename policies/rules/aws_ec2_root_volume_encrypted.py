"""Instances' own disks are encrypted."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.wants import Flag

RULE = encrypted(
    title="Instances' own disks are encrypted",
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
