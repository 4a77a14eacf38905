"""Reads of secrets through the control plane are activity to be examined."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Kubernetes control planes record what is done",
    severity=Severity.MEDIUM,
    why="Reads of secrets through the control plane are activity to be examined.",
    remedy="list audit and authenticator in `enabledClusterLogTypes`",
    types=("aws:eks/cluster:Cluster",),
    wants=(Holds(path="enabledClusterLogTypes", wanted=("audit", "authenticator")),),
)
