"""Environments of Lambda functions are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import When
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Key

RULE = requirement(
    title="Environments of Lambda functions are encrypted with a customer managed key",
    severity=Severity.HIGH,
    why=(
        "Storage under Amazon's own key is open to whoever the service lets in; a key of our "
        "own is a second lock."
    ),
    remedy="switch encryption on and name a customer managed key",
    types=("aws:lambda/function:Function",),
    wants=(Key(path="kmsKeyArn"),),
    only=When("environment.variables", "the function has no environment", {"QUEUE": "remittances"}),
)
