"""Trust policies of roles let nobody in unnamed."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.families import not_public

RULE = not_public(
    title="Trust policies of roles let nobody in unnamed",
    types=("aws:iam/role:Role",),
    wants=(NotPublic(path="assumeRolePolicy"),),
)
