"""DynamoDB tables are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key

RULE = encrypted(
    title="DynamoDB tables are encrypted with a customer managed key",
    types=("aws:dynamodb/table:Table",),
    wants=(
        Flag(path="serverSideEncryption.enabled"),
        Key(path="serverSideEncryption.kmsKeyArn"),
    ),
)
