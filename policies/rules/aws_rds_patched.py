"""Known holes stay open as long as somebody has to remember them."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Databases take minor upgrades by themselves",
    severity=Severity.MEDIUM,
    why="Known holes stay open as long as somebody has to remember them.",
    remedy="set `autoMinorVersionUpgrade` to true, or leave it out",
    types=(
        "aws:rds/instance:Instance",
        "aws:rds/clusterInstance:ClusterInstance",
    ),
    wants=(Flag(path="autoMinorVersionUpgrade", default=True),),
)
