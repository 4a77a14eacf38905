"""A method without authorisation answers anybody who finds its address."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Every API method asks who calls",
    severity=Severity.HIGH,
    why="A method without authorisation answers anybody who finds its address.",
    remedy="set `authorization` to AWS_IAM, COGNITO_USER_POOLS or CUSTOM",
    types=("aws:apigateway/method:Method",),
    wants=(
        OneOf(path="authorization", allowed=("AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM"), refused=("NONE",)),
    ),
    blind_spot="OPTIONS methods for browsers carry no data and need an exception.",
)
