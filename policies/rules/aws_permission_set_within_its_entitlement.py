"""What a permission set may do beyond its role's entitlement, nobody approved and no review shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from billing_identity.policies.framework.access_graph import group_name
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.document_places import (
    document_neutral,
    document_reads,
    document_weaker,
    policy_text,
)
from billing_identity.policies.framework.entitlement_rights import RECORDS, beyond
from billing_identity.policies.framework.examples import CLOUD_LOG_SET, CLOUD_SET, SEPARATION
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.permission_sets import BOUNDARY, GIVING, policies, session_minutes
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.store_contents import STORES, Allowance, allowance
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import (
    AWS_ACCOUNT_ASSIGNMENT,
    AWS_BUCKET,
    AWS_IDENTITY_GROUP,
    AWS_PERMISSION_SET,
    AWS_PERMISSION_SET_POLICY,
)
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.access import role_access
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import Entitlement, System
from billing_identity.roles.naming import ROLE_GROUP_PREFIX, role_group_name


def _entitlement(
    permission_set: ResourceView, catalogue: Catalogue
) -> tuple[System, str, Entitlement] | None:
    """The entitlement of the set's name, with its system and id."""
    name = permission_set.text("name", "")
    for system in catalogue.systems.values():
        for key, entitlement in system.entitlements.items():
            if entitlement.permission_set == name:
                return system, key, entitlement
    return None


def _sets(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    for permission_set in graph.of(AWS_PERMISSION_SET):
        yield from told(_declared(graph, permission_set, catalogue), permission_set.urn)


def _declared(graph: Graph, permission_set: ResourceView, catalogue: Catalogue) -> Iterator[Finding]:
    urn = permission_set.urn
    found = _entitlement(permission_set, catalogue)
    if found is None:
        name = permission_set.text("name", "")
        yield Finding(f"no entitlement of the catalogue has the permission set {name or '(none)'}", urn=urn)
        return
    system, _, _ = found
    longest = catalogue.access_policy.tiers[system.tier].session.lifetime_hours
    if session_minutes(permission_set) > longest * 60:
        yield Finding(f"its session is longer than the {longest} hours of tier `{system.tier}`", urn=urn)
    bounded = False
    for boundary in graph.of(BOUNDARY):
        target = graph.target(boundary, "permissionSetArn", (AWS_PERMISSION_SET,))
        bounded = bounded or (target is not None and target.urn == urn)
    if not bounded:
        yield Finding("no PermissionsBoundaryAttachment of this program bounds it", urn=urn)


def _policies(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    for giving in graph.of(*GIVING):
        yield from told(_given(graph, giving, catalogue), giving.urn)


def _given(graph: Graph, giving: ResourceView, catalogue: Catalogue) -> Iterator[Finding]:
    permission_set = graph.target(giving, "permissionSetArn", (AWS_PERMISSION_SET,))
    if permission_set is None:
        yield Finding("`permissionSetArn` names a set that this program does not show", urn=giving.urn)
        return
    found = _entitlement(permission_set, catalogue)
    if found is None:
        return  # said of the set itself
    system, key, entitlement = found
    for policy in policies(graph, giving):
        if policy.document is not None:
            for fault in beyond(allowance(policy.document), entitlement):
                yield Finding(f"beyond `{system.id}/{key}`: {fault}", urn=giving.urn)
            if not RECORDS & set(entitlement.data_classes):
                for bucket in _reached(graph, allowance(policy.document)):
                    yield Finding(f"beyond `{system.id}/{key}`: reaches records in {bucket}", urn=giving.urn)


def _reached(graph: Graph, allowed: Allowance) -> Iterator[str]:
    """Buckets of this program that are tagged as holding records and whose objects a document reaches."""
    for bucket in graph.of(AWS_BUCKET):
        if bucket.text("tags.DataClass", "") not in RECORDS:
            continue
        arn = f"arn:aws:s3:::{bucket.text('bucket', '')}/object"
        for statement, _ in allowed.holding(STORES):
            if any(
                fnmatchcase(arn, re.sub(r"^arn:aws[a-z-]*:", "arn:aws:", name))
                for name in statement.resources
            ):
                yield bucket.name
                break


def _assignments(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    for assignment in graph.of(AWS_ACCOUNT_ASSIGNMENT):
        yield from told(_assigned(graph, assignment, catalogue, context), assignment.urn)


def _assigned(
    graph: Graph, assignment: ResourceView, catalogue: Catalogue, context: RuleContext
) -> Iterator[Finding]:
    permission_set = graph.target(assignment, "permissionSetArn", (AWS_PERMISSION_SET,))
    found = None if permission_set is None else _entitlement(permission_set, catalogue)
    if found is None:
        return
    group = graph.target(assignment, "principalId", (AWS_IDENTITY_GROUP,))
    if group is None:
        return
    name = group_name(group, catalogue.live_groups())
    role = name.removeprefix(ROLE_GROUP_PREFIX)
    reference = f"{found[0].id}/{found[1]}"
    if role not in catalogue.roles:
        yield Finding(f"gives `{reference}` to {name}, the group of no role", urn=assignment.urn)
    elif reference not in {held.entitlement for held in role_access(catalogue, role, context.settings.day)}:
        yield Finding(f"gives `{reference}` to `{role}`, which does not hold it", urn=assignment.urn)


_ARN = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"


def _of(kind: str, **props: object) -> ResourceRecord:
    return ResourceRecord(f"urn:pulumi:prod::access::{kind}::x", kind, "x", props, id="x-1")


def _set(name: str) -> ResourceRecord:
    props = {"name": name, "sessionDuration": "PT1H"}
    urn = f"urn:pulumi:prod::access::{AWS_PERMISSION_SET}::set"
    return ResourceRecord(urn, AWS_PERMISSION_SET, "set", props, outputs={**props, "arn": _ARN}, id=_ARN)


_SET = _set(CLOUD_SET)
_LOG_SET = _set(CLOUD_LOG_SET)
_BOUND = _of(BOUNDARY, permissionSetArn=_ARN)
_OPERATE = policy_text("s3:GetObject", "arn:aws:s3:::meridian-prod-edi-835/*")
_INLINE = f"{AWS_PERMISSION_SET_POLICY}: inlinePolicy"
_MORE = (
    policy_text(["s3:GetObject", "kms:ScheduleKeyDeletion"], "*"),
    policy_text("cloudtrail:Stop*", "*"),
    policy_text("iam:CreateRole", "*"),
    policy_text("secretsmanager:*", "*"),
    policy_text("ec2:Modify*Attribute", "*"),
    policy_text("lambda:UpdateFunctionCode", "*"),
    "Allow *",
    "{}",
)


def _all(
    document: object = _OPERATE, *more: ResourceRecord, of: ResourceRecord = _SET
) -> tuple[ResourceRecord, ...]:
    return (of, _BOUND, _of(AWS_PERMISSION_SET_POLICY, permissionSetArn=_ARN, inlinePolicy=document), *more)


_RECORDS = _of(AWS_BUCKET, bucket="meridian-prod-edi-835", tags={"DataClass": "ephi"})


def _group(name: str) -> tuple[ResourceRecord, ...]:
    group = ResourceRecord(
        f"urn:pulumi:prod::access::{AWS_IDENTITY_GROUP}::g",
        AWS_IDENTITY_GROUP,
        "g",
        {"displayName": name},
        id="g-1",
    )
    return (group, _of(AWS_ACCOUNT_ASSIGNMENT, permissionSetArn=_ARN, principalId="g-1"))


RULE = StackRule(
    title="Permission sets are no wider than their role's entitlement",
    severity=Severity.HIGH,
    why="What a permission set may do beyond its role's entitlement, nobody approved and no review shows.",
    remedy=(
        "take the action out of the policy, or let the entitlement of the catalogue say its risk and data "
        "class, so that its approver sees it; give every set a boundary and a session within its tier's"
    ),
    needs_catalogue=True,
    types=(AWS_PERMISSION_SET, *GIVING, AWS_ACCOUNT_ASSIGNMENT),
    checks=(_sets, _policies, _assignments),
    reads={
        **document_reads(_INLINE),
        f"{_INLINE}#.Statement[*].Resource": "safe",
        f"{AWS_BUCKET}: bucket": "safe",
        f"{AWS_BUCKET}: tags.DataClass": "safe",
        f"{AWS_PERMISSION_SET}: name": "fails",
        f"{AWS_PERMISSION_SET}: sessionDuration": "safe",
        f"{AWS_PERMISSION_SET_POLICY}: permissionSetArn": "fails",
        f"{BOUNDARY}: permissionSetArn": "fails",
        f"{AWS_ACCOUNT_ASSIGNMENT}: permissionSetArn": "safe",
        f"{AWS_ACCOUNT_ASSIGNMENT}: principalId": "safe",
        f"{AWS_IDENTITY_GROUP}: displayName": "fails",
    },
    weaker={
        **document_weaker(_INLINE, _MORE, Action=(["s3:GetObject", "kms:PutKeyPolicy"],)),
        f"{AWS_PERMISSION_SET}: name": ("Administrators", ""),
        f"{AWS_PERMISSION_SET}: sessionDuration": ("PT4H1M", "PT12H", "long"),
        f"{AWS_PERMISSION_SET_POLICY}: permissionSetArn": ("arn:aws:sso:::permissionSet/ssoins-1/ps-9",),
        f"{BOUNDARY}: permissionSetArn": ("arn:aws:sso:::permissionSet/ssoins-1/ps-9",),
        f"{AWS_IDENTITY_GROUP}: displayName": (role_group_name("refund-approver"), "developers"),
    },
    neutral={
        **document_neutral(_INLINE),
        f"{AWS_BUCKET}: tags.DataClass": "aws-store-classified wants it; who may set another is reviewed",
        f"{AWS_ACCOUNT_ASSIGNMENT}: permissionSetArn": "a set of another program is judged there",
        f"{AWS_ACCOUNT_ASSIGNMENT}: principalId": "a group of provisioning has no name here",
    },
    allowed=(
        StackExample("what the entitlement says", _all(), SEPARATION.settings),
        StackExample(
            "logs, beside a bucket of records",
            _all(policy_text("s3:GetObject", "arn:aws:s3:::meridian-prod-logs/*"), _RECORDS, of=_LOG_SET),
            SEPARATION.settings,
            weaker={
                f"{AWS_BUCKET}: bucket": ("meridian-prod-logs",),
                _INLINE: (_OPERATE, policy_text("s3:GetObject", "arn:aws:s3:::meridian-*/*")),
                f"{_INLINE}#.Statement[*].Resource": ("*", "arn:aws:s3:::meridian-prod-edi*"),
            },
        ),
        StackExample(
            "for a group of the role that holds it",
            _all(_OPERATE, *_group(role_group_name("data-operator"))),
            SEPARATION.settings,
        ),
    ),
    disallowed=(
        StackExample("ends keys as well", _all(_MORE[0]), SEPARATION.settings),
        StackExample(
            "a log reader reaches records", _all(_OPERATE, _RECORDS, of=_LOG_SET), SEPARATION.settings
        ),
        StackExample("no document", _all(None), SEPARATION.settings),
        StackExample("without boundary", (_SET,), SEPARATION.settings),
        StackExample(
            "for a role that does not hold it",
            _all(_OPERATE, *_group(role_group_name("refund-approver"))),
            SEPARATION.settings,
        ),
        StackExample(
            "a set that no entitlement names",
            (_of(AWS_PERMISSION_SET, name="Administrators"),),
            SEPARATION.settings,
        ),
    ),
    undecided=(StackExample("a document not known yet", _all(UNKNOWN), SEPARATION.settings),),
    blind_spot=(
        "Groups that provisioning brings, which have ids and no names here: the review of assignments. "
        "Policies of another program: aws-permission-set-names-its-stores."
    ),
)
