"""An API that still takes TLS 1.0 can be talked down to it."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.tls import HTTP_API
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="HTTP API domain names speak TLS 1.2 or newer",
    severity=Severity.HIGH,
    why="An API that still takes TLS 1.0 can be talked down to it.",
    remedy="set `domainNameConfiguration.securityPolicy` to TLS_1_2",
    types=("aws:apigatewayv2/domainName:DomainName",),
    wants=(
        OneOf(
            path="domainNameConfiguration.securityPolicy",
            allowed=HTTP_API,
            refused=("TLS_1_0",),
            certain=HTTP_API[0],
        ),
    ),
)
