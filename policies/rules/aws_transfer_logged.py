"""Files of claims come and go here; without a log nobody knows who fetched them."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="SFTP servers record every session",
    severity=Severity.HIGH,
    why="Files of claims come and go here; without a log nobody knows who fetched them.",
    remedy="set `structuredLogDestinations` to a log group",
    types=("aws:transfer/server:Server",),
    wants=(
        Holds(
            path="structuredLogDestinations", example="arn:aws:logs:us-east-1:111122223333:log-group:sftp:*"
        ),
    ),
)
