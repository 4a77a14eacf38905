"""A public endpoint can't be narrowed to the addresses of the clearing houses."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="SFTP servers stand in a VPC, behind a security group",
    severity=Severity.HIGH,
    why="A public endpoint can't be narrowed to the addresses of the clearing houses.",
    remedy="set `endpointType` to VPC and give security groups",
    types=("aws:transfer/server:Server",),
    wants=(
        OneOf(path="endpointType", allowed=("VPC",), refused=("PUBLIC", "VPC_ENDPOINT"), default="PUBLIC"),
        Holds(path="endpointDetails.securityGroupIds", example="sg-1"),
    ),
)
