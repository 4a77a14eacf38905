"""The Glue data catalogue is encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key, OneOf

RULE = encrypted(
    title="The Glue data catalogue is encrypted with a customer managed key",
    types=("aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",),
    wants=(
        OneOf(
            path="dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode",
            allowed=("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"),
            refused=("DISABLED",),
        ),
        Key(path="dataCatalogEncryptionSettings.encryptionAtRest.sseAwsKmsKeyId"),
        Flag(
            path="dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted"
        ),
    ),
)
