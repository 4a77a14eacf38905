"""What an instance must be, its launch template must say."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Launch templates encrypt disks and give no public address",
    severity=Severity.HIGH,
    why="Machines made of the template have what it says, and no rule sees them.",
    remedy="set `ebs.encrypted` to true on every device, and `associatePublicIpAddress` to false",
    types=("aws:ec2/launchTemplate:LaunchTemplate",),
    wants=(
        Each(path="blockDeviceMappings", needed=False, wants=(Flag(path="ebs.encrypted"),)),
        Each(
            path="networkInterfaces",
            needed=False,
            wants=(Flag(path="associatePublicIpAddress", wanted=False, default=True),),
        ),
    ),
)
