"""A warehouse gathers the records of every client; it belongs inside the network."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Redshift warehouses have no public address",
    severity=Severity.CRITICAL,
    why="A warehouse gathers the records of every client; it belongs inside the network.",
    remedy="set `publiclyAccessible` to false, or leave it out",
    types=(
        "aws:redshift/cluster:Cluster",
        "aws:redshiftserverless/workgroup:Workgroup",
    ),
    wants=(Flag(path="publiclyAccessible", wanted=False),),
)
