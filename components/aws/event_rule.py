"""A rule of EventBridge with its one target, as the components that tell, forward and feed share it."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws.options import child

PATTERN_LIMIT = 2048
"""Characters of a pattern (EventBridge quotas)."""


def pattern_faults(pattern: str, what: str = "pattern") -> Iterator[str]:
    """Faults of a pattern: its length."""
    if len(pattern) > PATTERN_LIMIT:
        yield f"{what}: {len(pattern)} characters, {PATTERN_LIMIT} at most"


def rule_with_target(
    parent: pulumi.ComponentResource,
    name: str,
    *,
    rule: str,
    description: str,
    region: str,
    pattern: str,
    target: str,
    arn: str,
    tags: dict[str, str],
    state: str = "ENABLED",
    role_arn: str | None = None,
    transformer: aws.cloudwatch.EventTargetInputTransformerArgs | None = None,
) -> None:
    """Declares a rule on the default bus and its target, by ARN, below a component.

    `pattern` is JSON; `target` is the target's id within the rule; `role_arn` puts the events, where it
    needs one.
    """
    made = aws.cloudwatch.EventRule(
        name,
        name=rule,
        description=description,
        region=region,
        event_pattern=pattern,
        state=state,
        tags=tags,
        opts=child(parent),
    )
    aws.cloudwatch.EventTarget(
        name,
        rule=made.name,
        region=region,
        target_id=target,
        arn=arn,
        role_arn=role_arn,
        input_transformer=transformer,
        opts=child(parent),
    )
