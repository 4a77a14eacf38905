"""A migration moves whole tables; in clear all of it can be read on the way."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Except
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="DMS reads and writes databases over TLS",
    severity=Severity.HIGH,
    why="A migration moves whole tables; in clear all of it can be read on the way.",
    remedy="set `sslMode` to require, verify-ca or verify-full",
    types=("aws:dms/endpoint:Endpoint",),
    wants=(
        OneOf(
            path="sslMode", allowed=("verify-full", "verify-ca", "require"), refused=("none",), default="none"
        ),
    ),
    only=Except(
        "engineName",
        ("s3", "dynamodb", "kinesis", "opensearch", "elasticsearch", "neptune"),
        "the service is reached by HTTPS only and takes no `sslMode`",
        "postgres",
    ),
)
