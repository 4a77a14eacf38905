"""The policy of a multi-Region access point opens every bucket behind it."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Multi-Region access points let nobody in unnamed",
    severity=Severity.CRITICAL,
    why="A policy for everybody without a narrowing condition opens the buckets to every AWS account.",
    remedy="name the principals, or narrow by aws:PrincipalOrgID or aws:SourceAccount",
    types=("aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy",),
    wants=(NotPublic(path="details.policy"),),
)
