"""People and programs reach AWS by role; an IAM user or its key is a long-lived secret."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import (
    AWS_IAM_ACCESS_KEY,
    AWS_IAM_LOGIN,
    AWS_IAM_SERVICE_CREDENTIAL,
    AWS_IAM_USER,
)

_WHAT = {
    AWS_IAM_USER: "an IAM user",
    AWS_IAM_ACCESS_KEY: "an access key, whose secret Pulumi's state holds",
    AWS_IAM_LOGIN: "a console password, which Pulumi's state holds",
    AWS_IAM_SERVICE_CREDENTIAL: "a service's password, which Pulumi's state holds",
}


def _forbidden(resource: ResourceView, _: RuleContext) -> Iterator[Finding]:
    yield Finding(f"declares {_WHAT.get(resource.type, resource.type)}")


RULE = ResourceRule(
    title="AWS has no IAM users and no access keys",
    severity=Severity.HIGH,
    why="A user outside the identity provider has no joiner, mover or leaver, and its key never expires.",
    remedy="assign a permission set to a group, or let the program assume a role by federation",
    types=tuple(_WHAT),
    checks=(_forbidden,),
    reads={},
    allowed=(Example("a role", "aws:iam/role:Role", {"name": "billing-identity-deploy"}),),
    disallowed=tuple(Example(what, kind, {"user": "x", "name": "x"}) for kind, what in _WHAT.items()),
    blind_spot="Users made in the console: the service control policy that denies iam:CreateUser.",
)
