"""Otherwise loads and unloads take the public way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Redshift copies and unloads inside the network",
    severity=Severity.MEDIUM,
    why="Otherwise loads and unloads take the public way.",
    remedy="set `enhancedVpcRouting` to true",
    types=(
        "aws:redshift/cluster:Cluster",
        "aws:redshiftserverless/workgroup:Workgroup",
    ),
    wants=(Flag(path="enhancedVpcRouting"),),
)
