"""A policy inside the resource opens it as one beside it does."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Policies inside topics, queues and secrets let nobody in unnamed",
    severity=Severity.CRITICAL,
    why="A policy for everybody without a narrowing condition opens the resource to every AWS account.",
    remedy="name the principals, or narrow by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
    types=(
        "aws:sns/topic:Topic",
        "aws:sqs/queue:Queue",
        "aws:secretsmanager/secret:Secret",
        "aws:ecr/registryPolicy:RegistryPolicy",
        "aws:msk/clusterPolicy:ClusterPolicy",
        "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy",
    ),
    wants=(NotPublic(path="policy", needed=False),),
)
