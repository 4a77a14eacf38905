"""Every page of the web may ask a bucket that names no origin."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each, HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Buckets name the pages that may ask them",
    severity=Severity.MEDIUM,
    why="A page that somebody opens by chance reads objects in his name.",
    remedy="name the origins in `allowedOrigins`",
    types=("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",),
    wants=(
        Each(
            path="corsRules",
            wants=(
                HoldsNone(
                    path="allowedOrigins",
                    refuses=lambda text: "*" in text or not text.startswith("https://"),
                    instead=("https://portal.example.com",),
                    examples_refused=("*", "https://*", "http://portal.example.com"),
                ),
            ),
            base={"allowedMethods": ["GET"]},
        ),
    ),
)
