"""A route without authorisation answers anybody who finds its address."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Every HTTP API route asks who calls",
    severity=Severity.HIGH,
    why="A route without authorisation answers anybody who finds its address.",
    remedy="set `authorizationType` to AWS_IAM, JWT or CUSTOM",
    types=("aws:apigatewayv2/route:Route",),
    wants=(
        OneOf(
            path="authorizationType", allowed=("AWS_IAM", "JWT", "CUSTOM"), refused=("NONE",), default="NONE"
        ),
    ),
)
