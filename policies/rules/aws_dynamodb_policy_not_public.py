"""A table's own policy that lets everybody in publishes the table."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Table policies let nobody in unnamed",
    severity=Severity.CRITICAL,
    why="A policy for everybody without a narrowing condition opens the table to every AWS account.",
    remedy="name the principals, or narrow by aws:PrincipalOrgID or aws:SourceAccount",
    types=("aws:dynamodb/resourcePolicy:ResourcePolicy",),
    wants=(NotPublic(path="policy"),),
)
