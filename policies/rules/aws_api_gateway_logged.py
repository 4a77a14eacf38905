"""Without the access log nobody can tell afterwards who asked for which record."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Set

RULE = requirement(
    title="API stages record every request",
    severity=Severity.MEDIUM,
    why="Without the access log nobody can tell afterwards who asked for which record.",
    remedy="set `accessLogSettings.destinationArn` and `format`",
    types=(
        "aws:apigateway/stage:Stage",
        "aws:apigatewayv2/stage:Stage",
    ),
    wants=(
        Set(
            path="accessLogSettings.destinationArn",
            example="arn:aws:logs:us-east-1:111122223333:log-group:api",
        ),
        Set(path="accessLogSettings.format", example="$context.requestId"),
    ),
)
