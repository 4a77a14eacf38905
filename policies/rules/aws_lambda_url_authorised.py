"""A function with an open address runs for anybody, with its own rights."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Function addresses ask who calls",
    severity=Severity.CRITICAL,
    why="A function with an open address runs for anybody, with its own rights.",
    remedy="set `authorizationType` to AWS_IAM",
    types=("aws:lambda/functionUrl:FunctionUrl",),
    wants=(OneOf(path="authorizationType", allowed=("AWS_IAM",), refused=("NONE",)),),
)
