"""A domain without a VPC has a public endpoint that only an access policy guards."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="OpenSearch domains live inside a VPC",
    severity=Severity.CRITICAL,
    why="A domain without a VPC has a public endpoint that only an access policy guards.",
    remedy="set `vpcOptions.subnetIds`",
    types=("aws:opensearch/domain:Domain",),
    wants=(Holds(path="vpcOptions.subnetIds", example="subnet-1"),),
)
