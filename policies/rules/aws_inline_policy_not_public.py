"""Policies inside topics, queues and secrets let nobody in unnamed."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.families import not_public

RULE = not_public(
    title="Policies inside topics, queues and secrets let nobody in unnamed",
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
