"""A bucket's policy, or an access point's, that lets everybody in publishes what it holds."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Bucket policies let nobody in unnamed",
    severity=Severity.CRITICAL,
    why="The public access block may be missing or lifted later; then such a policy publishes the bucket.",
    remedy="name the principals, or narrow by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
    types=(
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/accessPoint:AccessPoint",
        "aws:s3control/accessPointPolicy:AccessPointPolicy",
        "aws:s3/bucket:Bucket",
    ),
    wants=(NotPublic(path="policy", needed=False),),
)
