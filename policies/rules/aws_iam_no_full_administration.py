"""No policy allows everything on everything."""

from __future__ import annotations

import json
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import statements
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import (
    AWS_IAM_POLICY,
    AWS_IAM_ROLE_POLICY,
    AWS_PERMISSION_SET_POLICY,
)


def _narrow(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    name = "inlinePolicy" if policy.type == AWS_PERMISSION_SET_POLICY else "policy"
    document = policy.json(name)
    if document is None:
        yield Finding(f"`{name}` is missing")
        return
    for statement in statements(document):
        if not statement.allows:
            continue
        sid = statement.sid or "without Sid"
        if statement.inverted:
            yield Finding(f"statement {sid} allows by exclusion (NotAction or NotResource)")
        elif any(action in ("*", "*:*") for action in statement.actions) and "*" in statement.resources:
            yield Finding(f"statement {sid} allows every action on every resource")


def _document(action: object, resource: object = "*", **more: object) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource, **more}],
        }
    )


_READ = _document(["s3:GetObject"], "arn:aws:s3:::meridian-prod-edi-835/*")

RULE = ResourceRule(
    title="AWS policies name the actions that they allow",
    severity=Severity.CRITICAL,
    why="Full administration includes switching off the audit trail and reading every record.",
    remedy="name the services' actions and the resources that the duty needs",
    types=(AWS_IAM_POLICY, AWS_IAM_ROLE_POLICY, AWS_PERMISSION_SET_POLICY),
    checks=(_narrow,),
    reads={
        "policy": "fails",
        "policy#.Statement": "fails",
        "policy#.Statement[*].Effect": "fails",
        "policy#.Statement[*].Sid": "safe",
        "policy#.Statement[*].Action": "fails",
        "policy#.Statement[*].Resource": "safe",
        "policy#.Statement[*].NotAction": "safe",
        "policy#.Statement[*].NotResource": "safe",
        "policy#.Statement[*].NotPrincipal": "safe",
        "policy#.Statement[*].Principal": "safe",
        "policy#.Statement[*].Condition": "safe",
        "inlinePolicy": "fails",
        "inlinePolicy#.Statement": "fails",
        "inlinePolicy#.Statement[*].Effect": "fails",
        "inlinePolicy#.Statement[*].Sid": "safe",
        "inlinePolicy#.Statement[*].Action": "fails",
        "inlinePolicy#.Statement[*].Resource": "safe",
        "inlinePolicy#.Statement[*].NotAction": "safe",
        "inlinePolicy#.Statement[*].NotResource": "safe",
        "inlinePolicy#.Statement[*].NotPrincipal": "safe",
        "inlinePolicy#.Statement[*].Principal": "safe",
        "inlinePolicy#.Statement[*].Condition": "safe",
    },
    allowed=(
        Example("named actions", AWS_IAM_POLICY, {"name": "read", "policy": _READ}),
        Example("a permission set's", AWS_PERMISSION_SET_POLICY, {"inlinePolicy": _READ}),
    ),
    disallowed=(
        Example("everything", AWS_IAM_POLICY, {"policy": _document("*")}),
        Example(
            "everything in a permission set", AWS_PERMISSION_SET_POLICY, {"inlinePolicy": _document(["*"])}
        ),
        Example("missing", AWS_IAM_ROLE_POLICY, {"role": "x"}),
        Example("not JSON", AWS_IAM_ROLE_POLICY, {"policy": "Allow *"}),
    ),
    blind_spot="Policies of AWS's own, attached by ARN.",
)
