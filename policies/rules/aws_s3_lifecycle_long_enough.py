"""A lifecycle that expires records early breaks retention unseen."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.narrowing import Unless
from billing_identity.policies.framework.requirement import days, names, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Absent, NotBefore

RULE = requirement(
    title="S3 lifecycles delete nothing before its time",
    severity=Severity.HIGH,
    why="A lifecycle that expires records early breaks retention unseen.",
    remedy="set expirations to 2192 days or more, of old versions to 90 or more, and no `expiration.date`",
    types=("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",),
    wants=(
        Each(
            path="rules",
            wants=(
                NotBefore(path="expiration.days", parameter="minimumDays", limit=2192),
                Absent(path="expiration.date", example="2027-01-01T00:00:00Z"),
                NotBefore(
                    path="noncurrentVersionExpiration.noncurrentDays", parameter="minimumOldDays", limit=90
                ),
            ),
            base={"id": "expire", "status": "Enabled"},
        ),
    ),
    only=Unless("bucket", "shortLived", "meridian-prod-edi-835", "its objects are copies that may go"),
    parameters={
        "minimumDays": days(
            2192, "Days at least before objects expire: six years hold up to two leap days.", 30
        ),
        "minimumOldDays": days(
            90, "Days at least before a version expires that was overwritten or deleted: time to restore it."
        ),
        "shortLived": names((), "Names (patterns) of buckets whose objects can be made again at any time."),
    },
    blind_spot="Whether a bucket named as short-lived holds copies only.",
)
