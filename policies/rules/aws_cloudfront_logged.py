"""Without the access log nobody can tell afterwards who fetched what."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Set

RULE = requirement(
    title="CloudFront records every request",
    severity=Severity.MEDIUM,
    why="Without the access log nobody can tell afterwards who fetched what.",
    remedy="set `loggingConfig.bucket`",
    types=("aws:cloudfront/distribution:Distribution",),
    wants=(Set(path="loggingConfig.bucket"),),
    blind_spot="Standard logging v2 is configured by CloudWatch deliveries and needs an exception here.",
)
