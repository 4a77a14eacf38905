"""A person's permission set that reaches every store reaches the ePHI of every client."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.document_places import (
    document_neutral,
    document_reads,
    document_weaker,
    policy_text,
)
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.permission_sets import (
    AWS_POLICIES,
    AWS_POLICY,
    CUSTOMER_POLICIES,
    CUSTOMER_POLICY,
    GIVING,
    policies,
)
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.requirement import names
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.store_contents import allowance, unnamed
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import AWS_IAM_POLICY, AWS_PERMISSION_SET_POLICY
from billing_identity.policies.framework.wire import UNKNOWN


def _documents(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    for giving in graph.of(*GIVING):
        yield from told(_given(graph, giving), giving.urn)


def _given(graph: Graph, giving: ResourceView) -> Iterator[Finding]:
    for policy in policies(graph, giving):
        if policy.document is None:
            yield Finding(f"attaches {policy.name}, which this program does not show", urn=giving.urn)
            continue
        for fault in unnamed(allowance(policy.document)):
            yield Finding(f"{policy.name}: {fault}", urn=giving.urn)


def _managed(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for giving in graph.of(AWS_POLICY, AWS_POLICIES):
        yield from told(_attached(giving, context), giving.urn)


def _attached(giving: ResourceView, context: RuleContext) -> Iterator[Finding]:
    one = giving.type == AWS_POLICY
    arns = giving.texts("managedPolicyArn" if one else "managedPolicyArns")
    if one and not arns:
        yield Finding("`managedPolicyArn` is missing", urn=giving.urn)
    for arn in arns:
        if arn.rsplit("/", 1)[-1] not in context.texts("managedPolicies"):
            yield Finding(f"attaches {arn}, which may reach every store", urn=giving.urn)
    arns.all()


_SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
_READ = policy_text("s3:GetObject", "arn:aws:s3:::meridian-prod-edi-835/*")
_ANY = policy_text("s3:GetObject", "*")


def _giving(kind: str, **props: object) -> ResourceRecord:
    return ResourceRecord(
        f"urn:pulumi:prod::access::{kind}::x", kind, "x", {"permissionSetArn": _SET, **props}
    )


def _inline(document: object) -> ResourceRecord:
    return _giving(AWS_PERMISSION_SET_POLICY, inlinePolicy=document)


def _managed_example(arn: object) -> ResourceRecord:
    return _giving(AWS_POLICY, managedPolicyArn=arn)


_POLICY = ResourceRecord(
    f"urn:pulumi:prod::access::{AWS_IAM_POLICY}::reads",
    AWS_IAM_POLICY,
    "reads",
    {"name": "ReadsRemittances", "policy": _READ},
)
_NAMED: dict[str, object] = {"name": "ReadsRemittances", "path": "/"}
_AUDIT = "arn:aws:iam::aws:policy/SecurityAudit"
_READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
_INLINE = f"{AWS_PERMISSION_SET_POLICY}: inlinePolicy"
_CUSTOMER = f"{AWS_IAM_POLICY}: policy"
_RESOURCES = ("*", "arn:aws:s3:::*", ["arn:aws:s3:::meridian-prod-edi-835/*", "*"])
_WIDE = (
    _ANY,
    policy_text("s3:*", "*"),
    policy_text("dynamodb:Query", "arn:aws:dynamodb:us-east-1:111122223333:table/*"),
    policy_text("s3:GetObject", ["arn:aws:s3:::meridian-prod-edi-835/*", "arn:aws:s3:::*/*"]),
    policy_text("kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/*"),
    policy_text("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*"),
    policy_text("s3:GetObject", "arn:aws:s3:::a*"),
    "Allow *",
    "{}",
)

RULE = StackRule(
    title="Permission sets name the stores whose contents they reach",
    severity=Severity.HIGH,
    why="A person's permission set that reaches every store reaches the ePHI of every client.",
    remedy=(
        "name the buckets, tables, secrets and keys (a prefix of three characters at least), narrow by "
        "aws:ResourceTag or kms:ViaService, and write the actions in the inline policy"
    ),
    parameters={
        "managedPolicies": names(
            ("SecurityAudit", "ViewOnlyAccess"),
            "Names of AWS managed policies that were read and reach no contents (these: on 2026-08-22).",
        ),
    },
    types=(*GIVING, AWS_POLICY, AWS_POLICIES),
    checks=(_documents, _managed),
    reads={
        **document_reads(_INLINE),
        **document_reads(_CUSTOMER),
        f"{CUSTOMER_POLICY}: customerManagedPolicyReference": "fails",
        f"{AWS_IAM_POLICY}: name": "fails",
        f"{CUSTOMER_POLICY}: customerManagedPolicyReference.name": "fails",
        f"{CUSTOMER_POLICIES}: customerManagedPolicyReferences": "safe",
        f"{CUSTOMER_POLICIES}: customerManagedPolicyReferences[*].name": "fails",
        f"{AWS_POLICY}: managedPolicyArn": "fails",
        f"{AWS_POLICIES}: managedPolicyArns": "safe",
    },
    weaker={
        **document_weaker(_INLINE, _WIDE, Resource=_RESOURCES),
        **document_weaker(_CUSTOMER, _WIDE, Resource=_RESOURCES),
        f"{CUSTOMER_POLICY}: customerManagedPolicyReference": ({"name": "Other"},),
        f"{CUSTOMER_POLICY}: customerManagedPolicyReference.name": ("Other", ""),
        f"{CUSTOMER_POLICIES}: customerManagedPolicyReferences": ([_NAMED, {"name": "Other"}],),
        f"{CUSTOMER_POLICIES}: customerManagedPolicyReferences[*].name": ("Other", ""),
        f"{AWS_IAM_POLICY}: name": ("Other",),
        f"{AWS_POLICY}: managedPolicyArn": (_READ_ONLY, "arn:aws:iam::aws:policy/AmazonS3FullAccess", ""),
        f"{AWS_POLICIES}: managedPolicyArns": ([_AUDIT, _READ_ONLY],),
    },
    neutral={**document_neutral(_INLINE), **document_neutral(_CUSTOMER)},
    allowed=(
        StackExample("a named bucket", (_inline(_READ),)),
        StackExample(
            "a policy of this program",
            (_POLICY, _giving(CUSTOMER_POLICY, customerManagedPolicyReference=_NAMED)),
        ),
        StackExample(
            "a list of them", (_POLICY, _giving(CUSTOMER_POLICIES, customerManagedPolicyReferences=[_NAMED]))
        ),
        StackExample("AWS's own for auditors", (_managed_example(_AUDIT),)),
        StackExample("a list of AWS's own", (_giving(AWS_POLICIES, managedPolicyArns=[_AUDIT]),)),
        StackExample("none of AWS's own", (_giving(AWS_POLICIES, managedPolicyArns=[]),)),
    ),
    disallowed=(
        StackExample("objects of every bucket", (_inline(_ANY),)),
        StackExample("missing", (_inline(None),)),
        StackExample("not JSON", (_inline("Allow *"),)),
        StackExample("AWS's own for readers of everything", (_managed_example(_READ_ONLY),)),
        StackExample(
            "a policy of another program",
            (_giving(CUSTOMER_POLICY, customerManagedPolicyReference={"name": "Other"}),),
        ),
    ),
    undecided=(
        StackExample("a document not known yet", (_inline(UNKNOWN),)),
        StackExample("an attachment not known yet", (_managed_example(UNKNOWN),)),
    ),
    blind_spot="Whether a named store is one that the job needs: aws-permission-set-within-its-entitlement.",
)
