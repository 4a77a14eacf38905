"""Whether an instance is on the internet must not depend on a subnet's setting."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Instances get no public address",
    severity=Severity.MEDIUM,
    why="Whether an instance is on the internet must not depend on a subnet's setting.",
    remedy="set `associatePublicIpAddress` to false",
    types=("aws:ec2/instance:Instance",),
    wants=(Flag(path="associatePublicIpAddress", wanted=False, default=True),),
)
