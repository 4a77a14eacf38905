"""No policy that somebody holds allows everything on everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from billing_identity.policies.framework.administration import ADMINISTRATORS, widest
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.document_places import (
    document_neutral,
    document_reads,
    document_weaker,
    policy_text,
)
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import (
    Finding,
    Severity,
    StackExample,
    StackRule,
)
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import (
    AWS_IAM_POLICY,
    AWS_IAM_ROLE,
    AWS_IAM_ROLE_POLICY,
    AWS_PERMISSION_SET_POLICY,
)
from billing_identity.policies.framework.wire import UNKNOWN

ATTACHMENTS = {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
    "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": "policyArn",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
}
"""Resources that give somebody a managed policy, and the property that names it."""
LISTS = {
    AWS_IAM_ROLE: "managedPolicyArns",
    **{
        f"aws:iam/{kind}PolicyAttachmentsExclusive:{kind.title()}PolicyAttachmentsExclusive": "policyArns"
        for kind in ("role", "group", "user")
    },
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": "managedPolicyArns",
}
"""Resources that name several."""
_DOCUMENTS = {
    AWS_IAM_POLICY: "policy",
    AWS_IAM_ROLE_POLICY: "policy",
    "aws:iam/groupPolicy:GroupPolicy": "policy",
    "aws:iam/userPolicy:UserPolicy": "policy",
    AWS_PERMISSION_SET_POLICY: "inlinePolicy",
}


def _documents(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for policy in graph.of(*_DOCUMENTS):
        yield from told(_document_of(graph, policy, context), policy.urn)


def _document_of(graph: Graph, policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    name = _DOCUMENTS[policy.type]
    for fault in widest(policy.json(name), name):
        bounding = policy.type == AWS_IAM_POLICY and policy.has("policy")
        if not bounding or not _boundary(graph, policy, context):
            yield Finding(fault, urn=policy.urn)


def _inline(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    for role in graph.of(AWS_IAM_ROLE):
        if not graph.left_to_provider(role, "inlinePolicies"):
            yield from told(_inline_of(role), role.urn)


def _inline_of(role: ResourceView) -> Iterator[Finding]:
    for policy in role.nodes("inlinePolicies"):
        if not policy.names():
            continue  # an empty block takes all inline policies away
        for fault in widest(policy.json("policy"), f"{policy.at}.policy"):
            yield Finding(fault, urn=role.urn)


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
            yield from told(_attachment_of(graph, attachment, prop, context), attachment.urn)


def _attachment_of(
    graph: Graph, attachment: ResourceView, prop: str, context: RuleContext
) -> Iterator[Finding]:
    if graph.target(attachment, prop, (AWS_IAM_POLICY,)) is None:
        yield from _attached(attachment.text(prop, ""), attachment, context)


def _lists(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for kind, prop in LISTS.items():
        for holder in graph.of(kind):
            if kind == AWS_IAM_ROLE and graph.left_to_provider(holder, prop):
                continue
            yield from told(_list_of(graph, holder, prop, context), holder.urn)


def _list_of(graph: Graph, holder: ResourceView, prop: str, context: RuleContext) -> Iterator[Finding]:
    arns = holder.texts(prop)
    for arn in arns:
        yield from _attached(arn, holder, context)
    if not arns.complete and not graph.depends_on(holder, prop, (AWS_IAM_POLICY,)):
        arns.all()


def _attached(arn: str, holder: ResourceView, context: RuleContext) -> Iterator[Finding]:
    name = arn.rsplit("/", 1)[-1]
    if any(fnmatchcase(arn, pattern) for pattern in ADMINISTRATORS):
        yield Finding(f"attaches AWS's own {name}", urn=holder.urn)
    elif any(fnmatchcase(name, pattern) for pattern in context.texts("boundaries")):
        yield Finding(f"attaches {arn}, which is a permissions boundary", urn=holder.urn)


def _urn(kind: str, name: str) -> str:
    return f"urn:pulumi:prod::data::{kind}::{name}"


def _policy(document: object, name: str = "read", kind: str = AWS_IAM_POLICY) -> ResourceRecord:
    prop = _DOCUMENTS[kind]
    props: dict[str, object] = {"name": name, prop: document}
    arn = f"arn:aws:iam::111122223333:policy/{name}"
    return ResourceRecord(_urn(kind, name), kind, name, props, outputs={**props, "arn": arn})


def _attachment(arn: object) -> ResourceRecord:
    kind = _ROLE_ATTACHMENT
    return ResourceRecord(_urn(kind, "given"), kind, "given", {"role": "deploy", "policyArn": arn})


_ROLE_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
_READ_DOCUMENTS = {
    AWS_IAM_POLICY: "policy",
    AWS_PERMISSION_SET_POLICY: "inlinePolicy",
    AWS_IAM_ROLE: "inlinePolicies[*].policy",
    AWS_IAM_ROLE_POLICY: "policy",
}
_PLACES = [f"{kind}: {prop}" for kind, prop in _READ_DOCUMENTS.items()]
_ALSO: Mapping[str, tuple[object, ...]] = {
    "Action": ("*", ["s3:GetObject", "*"], "*:*", "**", "?*", "*:Get*", "s*:*")
}
_READ = policy_text(["s3:GetObject"], "arn:aws:s3:::meridian-prod-edi-835/*")
_EVERYTHING = policy_text("*")

RULE = StackRule(
    title="AWS policies give no right over everything: all actions, roles, keys, machines or logs",
    severity=Severity.CRITICAL,
    why="Full administration includes switching off the audit trail and reading every record.",
    remedy="name the services' actions and the resources that the duty needs, and part duties over keys",
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
    types=(*_DOCUMENTS, *ATTACHMENTS, *LISTS),
    checks=(_documents, _inline, _attachments, _lists),
    reads={
        **{inside: missing for place in _PLACES for inside, missing in document_reads(place).items()},
        **{f"{place}#.Statement[*].Resource": "safe" for place in _PLACES},
        f"{AWS_IAM_POLICY}: name": "safe",
        f"{AWS_IAM_ROLE}: permissionsBoundary": "fails",
        f"{AWS_IAM_ROLE}: inlinePolicies": "safe",
        f"{AWS_IAM_ROLE}: managedPolicyArns": "safe",
        f"{_ROLE_ATTACHMENT}: policyArn": "safe",
    },
    weaker={
        **{
            inside: values
            for place in _PLACES
            for inside, values in document_weaker(place, ("Allow *", "{}", _EVERYTHING), **_ALSO).items()
        },
        f"{AWS_IAM_ROLE}: inlinePolicies": ([{"name": "all", "policy": _EVERYTHING}], [{"name": "none"}]),
        f"{AWS_IAM_ROLE}: managedPolicyArns": (["arn:aws:iam::aws:policy/AdministratorAccess"],),
        f"{_ROLE_ATTACHMENT}: policyArn": (
            "arn:aws:iam::aws:policy/AdministratorAccess",
            "arn:aws-us-gov:iam::aws:policy/PowerUserAccess",
            "arn:aws:iam::111122223333:policy/service-boundary",
        ),
    },
    neutral={
        **{inside: why for place in _PLACES for inside, why in document_neutral(place).items()},
        **{
            f"{place}#.Statement[*].Resource": "actions must be named whatever they reach"
            for place in _PLACES
        },
        f"{AWS_IAM_POLICY}: name": "it only makes a policy a boundary; see that example",
        f"{AWS_IAM_ROLE}: permissionsBoundary": "see the example of a boundary by its use",
    },
    allowed=(
        StackExample("named actions", (_policy(_READ), _attachment("arn:aws:iam::111122223333:policy/read"))),
        StackExample("a permission set's", (_policy(_READ, kind=AWS_PERMISSION_SET_POLICY),)),
        StackExample("a role's, declared apart", (_policy(_READ, kind=AWS_IAM_ROLE_POLICY),)),
        StackExample(
            "policies of a role's own",
            (
                ResourceRecord(
                    _urn(AWS_IAM_ROLE, "r"),
                    AWS_IAM_ROLE,
                    "r",
                    {
                        "name": "r",
                        "inlinePolicies": [{"name": "read", "policy": _READ}],
                        "managedPolicyArns": ["arn:aws:iam::111122223333:policy/read"],
                    },
                ),
            ),
        ),
        StackExample(
            "a role whose inline policies are taken away",
            (
                ResourceRecord(
                    _urn(AWS_IAM_ROLE, "r"),
                    AWS_IAM_ROLE,
                    "r",
                    {"name": "r", "inlinePolicies": [dict[str, object]()]},
                ),
            ),
        ),
        StackExample(
            "a boundary",
            (_policy(_EVERYTHING, "service-boundary"),),
            weaker={f"{AWS_IAM_POLICY}: policy": ("Allow *", "{}"), f"{AWS_IAM_POLICY}: name": ("service",)},
        ),
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
            weaker={
                f"{AWS_IAM_POLICY}: policy": ("Allow *", "{}"),
                f"{AWS_IAM_ROLE}: permissionsBoundary": ("arn:aws:iam::111122223333:policy/other",),
            },
        ),
    ),
    disallowed=(
        StackExample("everything", (_policy(_EVERYTHING),)),
        StackExample(
            "everything in a permission set", (_policy(policy_text(["*"]), kind=AWS_PERMISSION_SET_POLICY),)
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
        StackExample("rights that give every right", (_policy(policy_text(["iam:*"])),)),
        StackExample("one such right", (_policy(policy_text(["s3:GetObject", "iam:PutRolePolicy"])),)),
        StackExample(
            "every role of an account",
            (_policy(policy_text("iam:PutRolePolicy", "arn:aws:iam::444455556666:role/*")),),
        ),
        StackExample("any role to any service", (_policy(policy_text(["iam:PassRole", "lambda:*"])),)),
        StackExample("any role that trusts", (_policy(policy_text("sts:AssumeRole")),)),
        StackExample("recording off", (_policy(policy_text("cloudtrail:StopLogging")),)),
        StackExample(
            "every trail of an account",
            (_policy(policy_text("cloudtrail:*", "arn:aws:cloudtrail:*:111122223333:trail/*")),),
        ),
        StackExample("every machine", (_policy(policy_text("ssm:StartSession")),)),
        StackExample("both duties over keys", (_policy(policy_text(["kms:PutKeyPolicy", "kms:Decrypt"])),)),
        StackExample("on every role", (_policy(policy_text("iam:PutRolePolicy", "arn:aws:iam::*:role/*")),)),
        StackExample("every action on one bucket", (_policy(policy_text("*", "arn:aws:s3:::edi-835/*")),)),
        StackExample("every reading action of every service", (_policy(policy_text("*:Get*")),)),
        StackExample("AWS's own", (_attachment("arn:aws:iam::aws:policy/AdministratorAccess"),)),
        StackExample("administration of rights", (_attachment("arn:aws:iam::aws:policy/IAMFullAccess"),)),
    ),
    undecided=(
        StackExample("a document not known yet", (_policy(UNKNOWN),)),
        StackExample("an attachment not known yet", (_attachment(UNKNOWN),)),
    ),
    tolerates={
        "aws:iam/policy:Policy: name": "a name only makes a policy a boundary, which needs a known one",
        **dict.fromkeys(
            (f"{AWS_IAM_ROLE}: inlinePolicies", f"{AWS_IAM_ROLE}: managedPolicyArns"),
            "unknown where the program leaves it out; what it takes from another resource is undecided",
        ),
    },
    blind_spot="Managed policies of AWS's own, but AdministratorAccess, IAMFullAccess, PowerUserAccess.",
)
