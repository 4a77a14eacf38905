"""A method without authorisation answers anybody who finds its address."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Except
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
    only=Except("httpMethod", ("options",), "browsers ask OPTIONS without credentials, for no data", "GET"),
    blind_spot="What an OPTIONS method answers: it must be a mock.",
)
