"""No policy that somebody holds allows everything on everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import statements
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.tokens import (
    AWS_IAM_POLICY,
    AWS_IAM_ROLE,
    AWS_IAM_ROLE_POLICY,
    AWS_PERMISSION_SET_POLICY,
)
from billing_identity.policies.framework.wire import UNKNOWN

ADMINISTRATORS = "arn:*:iam::aws:policy/AdministratorAccess"
ATTACHMENTS = {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
    "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
}
"""Resources that give somebody a managed policy, and the property that names it."""
_DOCUMENTS = {
    AWS_IAM_POLICY: "policy",
    AWS_IAM_ROLE_POLICY: "policy",
    AWS_PERMISSION_SET_POLICY: "inlinePolicy",
}


def _documents(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for policy in graph.of(*_DOCUMENTS):
        try:
            for fault in _faults(policy):
                if policy.type != AWS_IAM_POLICY or not _boundary(graph, policy, context):
                    yield Finding(fault, urn=policy.urn)
        except UndecidedError as error:
            yield Finding(error.reason, urn=policy.urn, doubt=True)
        except MalformedError as error:
            yield Finding(error.message, urn=policy.urn)


def _faults(policy: ResourceView) -> Iterator[str]:
    name = _DOCUMENTS[policy.type]
    document = policy.json(name)
    if document is None:
        yield f"`{name}` is missing"
        return
    for statement in statements(document):
        if not statement.allows:
            continue
        sid = statement.sid or "without Sid"
        if statement.inverted:
            yield f"statement {sid} allows by exclusion (NotAction or NotResource)"
        elif any(action in ("*", "*:*") for action in statement.actions) and "*" in statement.resources:
            yield f"statement {sid} allows every action on every resource"


def _boundary(graph: Graph, policy: ResourceView, context: RuleContext) -> bool:
    """Whether the policy only bounds roles: it does for one, or is called so, and nobody is given it."""
    name = policy.text("name", "")
    for kind, prop in ATTACHMENTS.items():
        for attachment in graph.of(kind):
            given = graph.target(attachment, prop, (AWS_IAM_POLICY,))
            if given is not None and given.urn == policy.urn:
                return False
    if any(fnmatchcase(name, pattern) for pattern in context.texts("boundaries")):
        return True
    for role in graph.of(AWS_IAM_ROLE):
        bounding = graph.target(role, "permissionsBoundary", (AWS_IAM_POLICY,))
        if bounding is not None and bounding.urn == policy.urn:
            return True
    return False


def _attachments(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for kind, prop in ATTACHMENTS.items():
        for attachment in graph.of(kind):
            try:
                if graph.target(attachment, prop, (AWS_IAM_POLICY,)) is not None:
                    continue
                arn = attachment.text(prop, "")
            except UndecidedError as error:
                yield Finding(error.reason, urn=attachment.urn, doubt=True)
                continue
            except MalformedError as error:
                yield Finding(error.message, urn=attachment.urn)
                continue
            if fnmatchcase(arn, ADMINISTRATORS):
                yield Finding("attaches AWS's own AdministratorAccess", urn=attachment.urn)
            elif any(fnmatchcase(arn.rsplit("/", 1)[-1], pattern) for pattern in context.texts("boundaries")):
                yield Finding(f"attaches {arn}, which is a permissions boundary", urn=attachment.urn)


def _document(action: object, resource: object = "*") -> str:
    entry = {"Effect": "Allow", "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [entry]})


def _urn(kind: str, name: str) -> str:
    return f"urn:pulumi:prod::data::{kind}::{name}"


def _policy(document: object, name: str = "read", kind: str = AWS_IAM_POLICY) -> ResourceRecord:
    prop = _DOCUMENTS[kind]
    props: dict[str, object] = {"name": name, prop: document}
    arn = f"arn:aws:iam::111122223333:policy/{name}"
    return ResourceRecord(_urn(kind, name), kind, name, props, outputs={**props, "arn": arn})


def _attachment(arn: object) -> ResourceRecord:
    kind = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    return ResourceRecord(_urn(kind, "given"), kind, "given", {"role": "deploy", "policyArn": arn})


_READ = _document(["s3:GetObject"], "arn:aws:s3:::meridian-prod-edi-835/*")
_EVERYTHING = _document("*")

RULE = StackRule(
    title="AWS policies name the actions that they allow",
    severity=Severity.CRITICAL,
    why="Full administration includes switching off the audit trail and reading every record.",
    remedy="name the services' actions and the resources that the duty needs",
    parameters={
        "boundaries": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["*-boundary"],
            "description": (
                "Names (patterns) of policies that are permissions boundaries: they may allow everything, "
                "because they only take away, and may not be attached."
            ),
        }
    },
    types=(AWS_IAM_POLICY, AWS_IAM_ROLE_POLICY, AWS_PERMISSION_SET_POLICY, *ATTACHMENTS),
    checks=(_documents, _attachments),
    allowed=(
        StackExample("named actions", (_policy(_READ), _attachment("arn:aws:iam::111122223333:policy/read"))),
        StackExample("a permission set's", (_policy(_READ, kind=AWS_PERMISSION_SET_POLICY),)),
        StackExample("a boundary", (_policy(_EVERYTHING, "service-boundary"),)),
        StackExample(
            "a boundary by its use",
            (
                _policy(_EVERYTHING, "most"),
                ResourceRecord(
                    _urn(AWS_IAM_ROLE, "r"),
                    AWS_IAM_ROLE,
                    "r",
                    {"name": "r", "permissionsBoundary": "arn:aws:iam::111122223333:policy/most"},
                ),
            ),
        ),
    ),
    disallowed=(
        StackExample("everything", (_policy(_EVERYTHING),)),
        StackExample(
            "everything in a permission set", (_policy(_document(["*"]), kind=AWS_PERMISSION_SET_POLICY),)
        ),
        StackExample("missing", (_policy(None, kind=AWS_IAM_ROLE_POLICY),)),
        StackExample("not JSON", (_policy("Allow *", kind=AWS_IAM_ROLE_POLICY),)),
        StackExample(
            "a boundary that is attached",
            (
                _policy(_EVERYTHING, "service-boundary"),
                _attachment("arn:aws:iam::111122223333:policy/service-boundary"),
            ),
        ),
        StackExample(
            "a boundary of another stack that is attached",
            (_attachment("arn:aws:iam::111122223333:policy/x/service-boundary"),),
        ),
        StackExample("AWS's own", (_attachment("arn:aws:iam::aws:policy/AdministratorAccess"),)),
    ),
    undecided=(
        StackExample("a document not known yet", (_policy(UNKNOWN),)),
        StackExample("an attachment not known yet", (_attachment(UNKNOWN),)),
    ),
    tolerates={
        "aws:iam/policy:Policy: name": "a name only makes a policy a boundary, which needs a known one",
        "aws:iam/policy:Policy: arn": "an attachment that can't be told is undecided itself",
    },
    blind_spot="Managed policies of AWS's own, other than AdministratorAccess.",
)
