"""People whom an Okta group rule added stay in the group after the rule is gone, unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import OKTA_GROUP_RULE


def _clean_up(rule: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if not rule.flag("removeAssignedUsers", default=False):
        yield Finding("`removeAssignedUsers` is not true: deleting the rule leaves its people in the group")


RULE = ResourceRule(
    title="Okta group rules take their people along when they go",
    severity=Severity.MEDIUM,
    why="A deleted or replaced rule would leave access behind that no rule accounts for any more.",
    remedy="set `removeAssignedUsers` to true",
    types=(OKTA_GROUP_RULE,),
    checks=(_clean_up,),
    reads={"removeAssignedUsers": "fails"},
    weaker={"removeAssignedUsers": (False, "false")},
    allowed=(
        Example(
            "removes",
            OKTA_GROUP_RULE,
            {"name": "jml-medical-coder", "groupAssignments": ["00g1"], "removeAssignedUsers": True},
        ),
    ),
    disallowed=(
        Example("left out", OKTA_GROUP_RULE, {"name": "jml-medical-coder", "groupAssignments": ["00g1"]}),
        Example("keeps", OKTA_GROUP_RULE, {"name": "jml-medical-coder", "removeAssignedUsers": False}),
    ),
)
