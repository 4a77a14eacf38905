"""A resource's own `region` overrides its provider's."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.requirement import names
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import ANY

_TABLE = "aws:dynamodb/table:Table"


def _region(resource: ResourceView, context: RuleContext) -> Iterator[Finding]:
    if not resource.type.startswith("aws:"):
        return
    region = resource.text("region")
    if region is not None and region not in context.texts("regions"):
        yield Finding(f"`region` is {region or 'empty'}, not {' or '.join(context.texts('regions'))}")


RULE = ResourceRule(
    title="ePHI stays in allowed Regions, resource by resource",
    severity=Severity.HIGH,
    why="Agreements promise where records are; one argument of one resource takes them elsewhere.",
    remedy="leave `region` out, or use one of the parameter `regions`",
    parameters={
        "regions": names(
            ("us-east-1", "us-east-2", "us-west-1", "us-west-2"), "AWS Regions in which resources may be."
        )
    },
    types=(ANY,),
    checks=(_region,),
    reads={ANY: "safe"},
    weaker={ANY: ("cn-north-1", "eu-west-1", "")},
    allowed=(
        Example("an allowed Region", _TABLE, {"name": "claims", "region": "us-west-2"}),
        Example("the provider's", _TABLE, {"name": "claims"}),
    ),
    disallowed=(Example("another country", _TABLE, {"name": "claims", "region": "cn-north-1"}),),
    blind_spot="Resources without a Region of their own, as IAM's; a service's own replication.",
)
