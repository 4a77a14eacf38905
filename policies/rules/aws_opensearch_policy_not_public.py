"""A policy for everybody without a narrowing condition opens the resource to every AWS account."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="OpenSearch access policies let nobody in unnamed",
    severity=Severity.CRITICAL,
    why=("A policy for everybody without a narrowing condition opens the resource to every AWS account."),
    remedy="name the principals, or narrow by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
    types=("aws:opensearch/domainPolicy:DomainPolicy", "aws:opensearch/domain:Domain"),
    wants=(NotPublic(path="accessPolicies", needed=False),),
)
