"""The default retention of an S3 object lock."""

from __future__ import annotations

from billing_identity.policies.framework.reader import View

LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
MODE = "rule.defaultRetention.mode"
DAYS = "rule.defaultRetention.days"
YEARS = "rule.defaultRetention.years"
SIX_YEARS = 2192
"""Days that hold six years, with up to two leap days (164.316(b)(2)(i))."""


def default_retention(lock: View) -> float:
    """Days for which a BucketObjectLockConfiguration keeps new objects; 0 when it says none."""
    told = lock.number(DAYS)
    return lock.number(YEARS, 0) * 365.25 // 1 if told is None else told
