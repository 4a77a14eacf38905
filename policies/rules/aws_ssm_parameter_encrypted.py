"""Secure parameters are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Key

RULE = requirement(
    title="Secure parameters are encrypted with a customer managed key",
    severity=Severity.HIGH,
    why=(
        "Storage under Amazon's own key is open to whoever the service lets in; a key of our "
        "own is a second lock."
    ),
    remedy="switch encryption on and name a customer managed key",
    types=("aws:ssm/parameter:Parameter",),
    wants=(Key(path="keyId"),),
    only=Only("type", ("securestring",), "the parameter is not a SecureString"),
    blind_spot="Whether a plain parameter holds something that should be secret.",
)
