"""OPTIONS needs no authorisation as long as it answers by itself."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="APIs answer OPTIONS by themselves",
    severity=Severity.MEDIUM,
    why="A browser asks OPTIONS without credentials; what answers there from behind answers everybody.",
    remedy="set `type` to MOCK",
    types=("aws:apigateway/integration:Integration",),
    wants=(OneOf(path="type", allowed=("MOCK",), refused=("AWS_PROXY", "AWS", "HTTP_PROXY", "HTTP")),),
    only=Only("httpMethod", ("options",), "not the method that browsers ask without credentials"),
)
