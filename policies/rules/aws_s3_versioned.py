"""Versioning keeps what was overwritten or deleted; it is off until it is enabled."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_BUCKET_VERSIONING


def _enabled(versioning: ResourceView, _: RuleContext) -> Iterator[Finding]:
    status = versioning.text("versioningConfiguration.status", "missing")
    if status != "Enabled":
        yield Finding(f"`versioningConfiguration.status` is {status}")


def _versioning(status: str) -> dict[str, object]:
    return {
        "bucket": "meridian-prod-edi-835",
        "versioningConfiguration": {"status": status, "__defaults": []},
    }


RULE = ResourceRule(
    title="S3 buckets keep versions",
    severity=Severity.HIGH,
    why="Without versions an overwritten or deleted object with ePHI is gone, by mistake or by malice.",
    remedy="set `versioningConfiguration.status` to Enabled",
    types=(AWS_BUCKET_VERSIONING,),
    checks=(_enabled,),
    reads={"versioningConfiguration.status": "fails"},
    weaker={"versioningConfiguration.status": ("Suspended", "Disabled", "enabled", "")},
    allowed=(Example("enabled", AWS_BUCKET_VERSIONING, _versioning("Enabled")),),
    disallowed=(
        Example("suspended", AWS_BUCKET_VERSIONING, _versioning("Suspended")),
        Example("disabled", AWS_BUCKET_VERSIONING, _versioning("Disabled")),
        Example("left out", AWS_BUCKET_VERSIONING, {"bucket": "meridian-prod-edi-835"}),
    ),
    blind_spot="A bucket without the resource: aws-s3-bucket-complete.",
)
