"""Environments of Lambda functions are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.narrowing import When
from billing_identity.policies.framework.wants import Key

RULE = encrypted(
    title="Environments of Lambda functions are encrypted with a customer managed key",
    types=("aws:lambda/function:Function",),
    wants=(Key(path="kmsKeyArn"),),
    only=When("environment.variables", "the function has no environment", {"QUEUE": "remittances"}),
)
