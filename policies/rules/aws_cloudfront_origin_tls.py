"""CloudFront fetches from its origin over TLS."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each, HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

_OLD = ("SSLv3", "TLSv1", "TLSv1.1")

RULE = requirement(
    title="CloudFront speaks TLS 1.2 to its origins",
    severity=Severity.HIGH,
    why="What viewers send encrypted goes on in clear, or over a version that can be broken.",
    remedy="set `originProtocolPolicy` to https-only and `originSslProtocols` to TLSv1.2",
    types=("aws:cloudfront/distribution:Distribution",),
    wants=(
        Each(
            path="origins",
            wants=(
                OneOf(
                    path="customOriginConfig.originProtocolPolicy",
                    allowed=("https-only",),
                    refused=("http-only", "match-viewer"),
                    default="https-only",
                ),
                HoldsNone(
                    path="customOriginConfig.originSslProtocols",
                    refuses=lambda text: text in _OLD,
                    instead=("TLSv1.2",),
                    examples_refused=_OLD,
                ),
            ),
            base={"domainName": "origin.example.com", "originId": "origin"},
        ),
    ),
    blind_spot="An origin without `customOriginConfig` is S3 or a media service.",
)
