"""What was reviewed and scanned must be what runs."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="Container images can't be replaced under their name",
    severity=Severity.MEDIUM,
    why="What was reviewed and scanned must be what runs.",
    remedy="set `imageTagMutability` to IMMUTABLE and `scanOnPush` to true",
    types=("aws:ecr/repository:Repository",),
    wants=(
        OneOf(path="imageTagMutability", allowed=("IMMUTABLE",), refused=("MUTABLE",), default="MUTABLE"),
        Flag(path="imageScanningConfiguration.scanOnPush"),
    ),
)
