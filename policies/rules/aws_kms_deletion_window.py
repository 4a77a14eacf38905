"""A deleted KMS key takes all its data along; the waiting period is the time to notice."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_KEY, AWS_REPLICA_KEY


def _window(key: ResourceView, context: RuleContext) -> Iterator[Finding]:
    window, least = key.number("deletionWindowInDays", 30), context.number("minimumDays")
    if window < least:
        yield Finding(f"`deletionWindowInDays` is {window:.0f}: at least {least:.0f}")


RULE = ResourceRule(
    title="KMS keys wait before they are deleted",
    severity=Severity.HIGH,
    why="Data under a deleted key is gone; the waiting period is the only chance to stop a mistake.",
    remedy="set `deletionWindowInDays` to 30, or leave it out",
    parameters={
        "minimumDays": {
            "type": "number",
            "minimum": 7,
            "maximum": 30,
            "default": 30,
            "description": "Days at least; KMS takes 7 to 30, its default is 30.",
        }
    },
    types=(
        AWS_KEY,
        AWS_REPLICA_KEY,
        "aws:kms/externalKey:ExternalKey",
        "aws:kms/replicaExternalKey:ReplicaExternalKey",
    ),
    checks=(_window,),
    reads={"deletionWindowInDays": "safe"},
    weaker={"deletionWindowInDays": (29.0, 7.0, 0.0, -1.0)},
    allowed=(
        Example("thirty days", AWS_KEY, {"description": "ePHI", "deletionWindowInDays": 30.0}),
        Example("left out (30)", AWS_REPLICA_KEY, {"primaryKeyArn": "arn:aws:kms:us-east-1:1:key/mrk-1"}),
    ),
    disallowed=(Example("a week", AWS_KEY, {"deletionWindowInDays": 7.0}),),
    blind_spot="A deletion itself: the plan of `preview` and the alarm on ScheduleKeyDeletion.",
)
