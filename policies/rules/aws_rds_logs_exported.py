"""A log kept only on the database goes with it, and with whoever controls it."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Databases send their logs away",
    severity=Severity.MEDIUM,
    why="A log kept only on the database goes with it, and with whoever controls it.",
    remedy="name the engine's logs in `enabledCloudwatchLogsExports`",
    types=(
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
    ),
    wants=(Holds(path="enabledCloudwatchLogsExports", example="postgresql"),),
)
