"""A bucket's settings in its old arguments escape the rules that judge them as resources."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.tokens import AWS_BUCKET
from billing_identity.policies.framework.wants import Absent

_ORIGINS: list[object] = [{"allowedMethods": ["GET"], "allowedOrigins": ["*"]}]
_LIFE: list[object] = [{"enabled": True, "expiration": {"days": 1.0}}]
_LOCK: dict[str, object] = {"rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 1.0}}}
_COPY: dict[str, object] = {"role": "r", "rules": [{"status": "Enabled"}]}
_GRANTS: list[object] = [
    {"type": "Group", "permissions": ["READ"], "uri": "http://acs.amazonaws.com/groups/global/AllUsers"}
]

RULE = requirement(
    title="S3 settings stand in resources of their own",
    severity=Severity.MEDIUM,
    why="Lifecycle, lock, sharing and copies written into the bucket escape the rules that judge them.",
    remedy="declare `BucketLifecycleConfiguration`, `BucketObjectLockConfiguration` and the like instead",
    types=(AWS_BUCKET,),
    wants=(
        Absent(path="lifecycleRules", example=_LIFE),
        Absent(path="objectLockConfiguration", example=_LOCK),
        Absent(path="corsRules", example=_ORIGINS),
        Absent(path="replicationConfiguration", example=_COPY),
        Absent(path="grants", example=_GRANTS),
    ),
    base={"bucket": "meridian-prod-edi-835"},
)
