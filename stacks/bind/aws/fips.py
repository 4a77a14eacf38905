"""How what is at rest is encrypted, by which module, in a form that a tag can carry."""

from __future__ import annotations

KEY_MODULE = {
    "Encryption": "AES-256-GCM by AWS KMS",
    "Fips140": "FIPS 140-3 level 3 / CMVP 4884 / AWS KMS HSM",
}
"""Tags. AWS KMS works with AES-256-GCM for symmetric keys (KMS Developer Guide, cryptographic details)
inside hardware modules with certificate 4884 (the guide, "KMS internal operations", read 2026-11-24). Data
outside of KMS is encrypted by the service's own library under a data key; see docs/aws-encryption.md."""
