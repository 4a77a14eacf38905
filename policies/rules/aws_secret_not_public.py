"""Policies of secrets let nobody in unnamed."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.families import not_public
from billing_identity.policies.framework.wants import Flag

RULE = not_public(
    title="Policies of secrets let nobody in unnamed",
    types=("aws:secretsmanager/secretPolicy:SecretPolicy",),
    wants=(
        NotPublic(path="policy"),
        Flag(path="blockPublicPolicy"),
    ),
)
