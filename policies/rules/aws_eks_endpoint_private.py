"""Whoever reaches the control plane with a stolen token reads every secret of the cluster."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Kubernetes control planes have no public endpoint",
    severity=Severity.HIGH,
    why="Whoever reaches the control plane with a stolen token reads every secret of the cluster.",
    remedy="set `endpointPublicAccess` to false and `endpointPrivateAccess` to true",
    types=("aws:eks/cluster:Cluster",),
    wants=(
        Flag(path="vpcConfig.endpointPublicAccess", wanted=False, default=True),
        Flag(path="vpcConfig.endpointPrivateAccess"),
    ),
)
