"""Topic policies let nobody in unnamed."""

from __future__ import annotations

from billing_identity.policies.framework.families import not_public

RULE = not_public(
    title="Topic policies let nobody in unnamed",
    types=("aws:sns/topicPolicy:TopicPolicy",),
)
