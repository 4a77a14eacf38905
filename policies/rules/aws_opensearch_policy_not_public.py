"""OpenSearch access policies let nobody in unnamed."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.families import not_public

RULE = not_public(
    title="OpenSearch access policies let nobody in unnamed",
    types=("aws:opensearch/domainPolicy:DomainPolicy", "aws:opensearch/domain:Domain"),
    wants=(NotPublic(path="accessPolicies", needed=False),),
)
