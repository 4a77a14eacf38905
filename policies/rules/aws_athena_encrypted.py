"""Athena results are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, Key, OneOf

RULE = requirement(
    title="Athena results are encrypted with a customer managed key",
    severity=Severity.HIGH,
    why=(
        "Storage under Amazon's own key is open to whoever the service lets in; a key of our "
        "own is a second lock."
    ),
    remedy="switch encryption on and name a customer managed key",
    types=("aws:athena/workgroup:Workgroup",),
    wants=(
        OneOf(
            path="configuration.resultConfiguration.encryptionConfiguration.encryptionOption",
            allowed=("SSE_KMS", "CSE_KMS"),
            refused=("SSE_S3",),
        ),
        Key(path="configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn"),
        Flag(path="configuration.enforceWorkgroupConfiguration", default=True),
    ),
)
