"""With `forceDestroy`, removing a line of code removes every object and version."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="S3 buckets with content can't be deleted",
    severity=Severity.HIGH,
    why="With `forceDestroy`, removing a line of code removes every object and version.",
    remedy="leave `forceDestroy` out",
    types=("aws:s3/bucket:Bucket",),
    wants=(Flag(path="forceDestroy", wanted=False),),
)
