"""The default certificate allows TLS 1.0, whatever else is configured."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.tls import CLOUDFRONT
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="CloudFront speaks TLS 1.2 or newer to viewers",
    severity=Severity.HIGH,
    why="The default certificate allows TLS 1.0, whatever else is configured.",
    remedy=(
        "use a certificate of your own, `minimumProtocolVersion` TLSv1.2_2021 or newer, and redirect HTTP"
    ),
    types=("aws:cloudfront/distribution:Distribution",),
    wants=(
        OneOf(
            path="viewerCertificate.minimumProtocolVersion",
            allowed=CLOUDFRONT,
            refused=("TLSv1", "TLSv1.1_2016", "TLSv1.2_2018"),
            default="TLSv1",
        ),
        OneOf(
            path="defaultCacheBehavior.viewerProtocolPolicy",
            allowed=("redirect-to-https", "https-only"),
            refused=("allow-all",),
        ),
        Each(
            path="orderedCacheBehaviors",
            needed=False,
            wants=(
                OneOf(
                    path="viewerProtocolPolicy",
                    allowed=("redirect-to-https", "https-only"),
                    refused=("allow-all",),
                ),
            ),
        ),
    ),
)
