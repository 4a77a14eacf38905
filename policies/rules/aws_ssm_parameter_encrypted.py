"""Secure parameters are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.wants import Key

RULE = encrypted(
    title="Secure parameters are encrypted with a customer managed key",
    types=("aws:ssm/parameter:Parameter",),
    wants=(Key(path="keyId"),),
    only=Only("type", ("securestring",), "the parameter is not a SecureString"),
    blind_spot="Whether a plain parameter holds something that should be secret.",
)
