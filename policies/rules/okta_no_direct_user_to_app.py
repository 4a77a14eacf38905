"""Access to applications comes by role groups, never person by person."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import OKTA_APP_USER, OKTA_GROUP_ASSIGNMENT


def _forbidden(_: ResourceView, __: RuleContext) -> Iterator[Finding]:
    yield Finding("a person is assigned to an application directly")


RULE = ResourceRule(
    title="Nobody is assigned to an Okta application directly",
    severity=Severity.HIGH,
    why="A direct assignment survives every change of job and appears in no role, review or approval.",
    remedy="grant the entitlement to a role and assign the role's group to the application",
    types=(OKTA_APP_USER,),
    checks=(_forbidden,),
    reads={},
    allowed=(Example("a group's assignment", OKTA_GROUP_ASSIGNMENT, {"appId": "0oa1", "groupId": "00g1"}),),
    disallowed=(Example("a person's assignment", OKTA_APP_USER, {"appId": "0oa1", "userId": "00u1"}),),
    blind_spot="Assignments made in the console: the drift run reads them.",
)
