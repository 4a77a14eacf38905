"""Container repositories are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.wants import Key, OneOf

RULE = encrypted(
    title="Container repositories are encrypted with a customer managed key",
    types=("aws:ecr/repository:Repository",),
    wants=(
        Each(
            path="encryptionConfigurations",
            wants=(
                OneOf(
                    path="encryptionType", allowed=("KMS", "KMS_DSSE"), refused=("AES256",), default="AES256"
                ),
                Key(path="kmsKey"),
            ),
        ),
    ),
)
