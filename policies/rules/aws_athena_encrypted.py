"""Athena results are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key, OneOf

RULE = encrypted(
    title="Athena results are encrypted with a customer managed key",
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
