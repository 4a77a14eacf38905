"""The policy of a customer managed key: managing, using and destroying it are for three sets of roles.

KMS has no rule of two people. What stands in (45 CFR 164.312(a)(2)(iv), 164.308(a)(3)):

- *administrators* manage the key day by day and cancel a deletion; no cryptographic operation is open to
  them;
- *custodians* alone write the policy, disable the key and schedule its deletion; they can't use it either.
  The role that deploys the key is a custodian, otherwise KMS refuses the policy (its lock-out safety check);
- *users* use it only through the AWS service and for the stores that are named, and manage nothing;
- the root user keeps the way back after a lock-out: it may rewrite the policy, which raises an alarm, and no
  more.

Roles are `ArnLike` patterns of `aws:PrincipalArn` under their account as the principal. So no role has to
exist before the key, a role that is made again under its name keeps its duty, and a federated session is
judged by the ARN of its role. An account as principal delegates: the role's own policy must grant the action
as well. KMS itself accepts nothing below TLS 1.2 and has no condition key for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.globs import overlap
from billing_identity.components.aws.policies.document import KMS_LIMIT, Statement, allow, deny, document
from billing_identity.components.aws.policies.key_services import KeyService, service_statements

ENCRYPT = ("kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*")
DECRYPT = ("kms:Decrypt",)
CRYPTO = (
    *(*ENCRYPT, *DECRYPT, "kms:Sign", "kms:Verify", "kms:GenerateMac", "kms:VerifyMac"),
    *("kms:DeriveSharedSecret", "kms:GenerateDataKeyPair*"),
)
"""Every operation that works with the key's material."""

READ = (
    *("kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants"),
    *("kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags"),
)
MANAGE = (
    *("kms:CancelKeyDeletion", "kms:CreateAlias", "kms:EnableKey", "kms:EnableKeyRotation"),
    *("kms:RevokeGrant", "kms:RotateKeyOnDemand", "kms:TagResource", "kms:UntagResource"),
    *("kms:UpdateAlias", "kms:UpdateKeyDescription"),
)
"""Day-to-day management that neither uses nor endangers the key."""

DESTROY = (
    *("kms:DeleteAlias", "kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:DisableKeyRotation"),
    *("kms:ImportKeyMaterial", "kms:ScheduleKeyDeletion", "kms:UpdatePrimaryRegion"),
)
"""What makes data unreadable, at once or later."""

WRITE_POLICY = ("kms:PutKeyPolicy",)
REPLICATE = ("kms:ReplicateKey",)
RECOVER = ("kms:CancelKeyDeletion", "kms:DescribeKey", "kms:EnableKey", "kms:GetKeyPolicy", *WRITE_POLICY)
"""All that the root user may do."""

_SYNCHRONISER = (
    "role/aws-service-role/mrk.kms.amazonaws.com/AWSServiceRoleForKeyManagementServiceMultiRegionKeys"
)
"""Service-linked role that keeps the replicas of a multi-Region key alike."""


@dataclass(frozen=True)
class KeyUse:
    """One way of using a key: these roles, through this service, for these stores."""

    name: str
    """Letters and digits; becomes part of the Sid."""
    roles: Sequence[str]
    """Role ARNs or `ArnLike` patterns, in any account of the organisation."""
    services: Sequence[str]
    """Endpoint prefixes such as `s3`; the call must come through one of them, in the key's Region."""
    encrypt: bool = True
    decrypt: bool = True
    buckets: Sequence[str] = ()
    """Names of buckets; when given, the encryption context must be one of them or an object in it."""
    grants: bool = False
    """Whether the services may make grants for their own resources (EBS, RDS and Backup need it)."""


@dataclass(frozen=True)
class KeyDuties:
    """Who does what with a key. `account` and `region` are the key's own."""

    account: str
    region: str
    administrators: Sequence[str]
    custodians: Sequence[str]
    uses: Sequence[KeyUse] = ()
    services: Sequence[KeyService] = ()
    observers: Sequence[str] = ()
    """See settings and policy: an account's own policies reach no key that names roles."""
    organization_id: str | None = None
    """When given, nobody outside this organisation can use the key, whatever else is allowed."""


def faults(duties: KeyDuties) -> Iterator[str]:
    """What is wrong with a key's duties, as text; nothing when they can be written down."""
    yield from checks.account(duties.account)
    yield from checks.region(duties.region)
    yield from checks.role_patterns(duties.administrators, "administrators")
    yield from checks.role_patterns(duties.custodians, "custodians")
    if not duties.uses and not duties.services:
        yield "uses: a key that nobody uses; name a use or a service"
    for use in duties.uses:
        yield from checks.role_patterns(use.roles, f"use {use.name}: roles")
        if not use.services:
            yield f"use {use.name}: services: name the AWS service through which the key is used"
        if not use.encrypt and not use.decrypt:
            yield f"use {use.name}: neither encrypts nor decrypts"
        for bucket in use.buckets:
            yield from checks.bucket_name(bucket)
    if duties.observers:
        yield from checks.role_patterns(duties.observers, "observers")
    for role in (*duties.administrators, *duties.custodians, *duties.observers):
        if arns.account_of(role) != duties.account:
            yield (
                f"{role}: administrators, custodians and observers belong to the key's own account "
                f"{duties.account}"
            )
    holders = [("administrators", role) for role in duties.administrators] + [
        ("custodians", role) for role in duties.custodians
    ]
    holders += [("users", role) for use in duties.uses for role in use.roles]
    for (duty, role), (other_duty, other) in combinations(dict.fromkeys(holders), 2):
        if duty != other_duty and overlap(role, other):
            yield (
                f"{role} is among the {duty} and {other} among the {other_duty}; "
                "one role may hold only one of these duties"
            )


def key_policy(duties: KeyDuties) -> str:
    """The key policy as canonical JSON, at most 32 KiB.

    Raises ComponentInputError for duties that overlap, roles that are no role, and stores that S3 refuses.
    """
    checks.require("key policy", faults(duties))
    partition = arns.partition(duties.region)
    root = arns.account_root(duties.account, partition)
    keepers = (*duties.administrators, *duties.custodians)
    users = tuple(dict.fromkeys(role for use in duties.uses for role in use.roles))
    statements = [
        allow(
            "RootUserMayOnlyRecoverThePolicy",
            RECOVER,
            resources=("*",),
            principals={"AWS": [root]},
            conditions={"StringEquals": {"aws:PrincipalType": "Account"}},
        ),
        _own("AdministratorsManage", (*READ, *MANAGE), root, duties.administrators),
        _own(
            "CustodiansWritePolicyAndDestroy",
            (*READ, *MANAGE, *DESTROY, *WRITE_POLICY, *REPLICATE),
            root,
            duties.custodians,
        ),
        _own(
            "KmsKeepsReplicasAlike",
            ("kms:SynchronizeMultiRegionKey",),
            root,
            [f"arn:{partition}:iam::{duties.account}:{_SYNCHRONISER}"],
        ),
    ]
    if duties.observers:
        statements.append(_own("ObserversLook", READ, root, duties.observers))
    if users:
        statements.append(_find(users, partition))
    for use in duties.uses:
        statements.extend(_use(use, duties.region, partition))
    statements.extend(service_statements(duties.services, duties.region))
    statements.append(_deny_roles("KeepersNeverUse", (*CRYPTO, "kms:CreateGrant"), keepers))
    if users:
        statements.append(
            _deny_roles("UsersNeverManage", (*MANAGE, *DESTROY, *WRITE_POLICY, *REPLICATE), users)
        )
    statements += [
        _deny_others("OnlyCustodiansDestroy", (*DESTROY, *REPLICATE), duties.custodians),
        _deny_others("OnlyCustodiansWriteThePolicy", WRITE_POLICY, (*duties.custodians, root)),
        deny(
            "GrantsOnlyForAwsResources",
            ("kms:CreateGrant",),
            resources=("*",),
            conditions={"BoolIfExists": {"kms:GrantIsForAWSResource": "false"}},
        ),
    ]
    if duties.organization_id is not None:
        statements.append(
            deny(
                "NobodyOutsideTheOrganisationUses",
                (*CRYPTO, "kms:CreateGrant"),
                resources=("*",),
                conditions={
                    "StringNotEqualsIfExists": {"aws:PrincipalOrgID": duties.organization_id},
                    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                },
            )
        )
    return document("key policy", statements, KMS_LIMIT)


def _own(sid: str, actions: Sequence[str], root: str, roles: Sequence[str]) -> Statement:
    return allow(
        sid,
        actions,
        resources=("*",),
        principals={"AWS": [root]},
        conditions={"ArnLike": {"aws:PrincipalArn": list(roles)}},
    )


def _use(use: KeyUse, region: str, partition: str) -> Iterator[Statement]:
    suffix = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    accounts = {arns.account_root(arns.account_of(role), partition) for role in use.roles}
    through = {"kms:ViaService": [f"{service}.{region}.{suffix}" for service in use.services]}
    who = {"aws:PrincipalArn": list(use.roles)}
    conditions: dict[str, dict[str, list[str]]] = {"ArnLike": who, "StringEquals": through}
    if use.buckets:
        named = [arns.bucket(bucket, partition) for bucket in use.buckets]
        conditions["StringLike"] = {
            "kms:EncryptionContext:aws:s3:arn": [*named, *(f"{arn}/*" for arn in named)]
        }
    actions = (*(ENCRYPT if use.encrypt else ()), *(DECRYPT if use.decrypt else ()))
    yield allow(
        f"Use{use.name}",
        actions,
        resources=("*",),
        principals={"AWS": sorted(accounts)},
        conditions=conditions,
    )
    if use.grants:
        yield allow(
            f"GrantsFor{use.name}",
            ("kms:CreateGrant",),
            resources=("*",),
            principals={"AWS": sorted(accounts)},
            conditions={
                "ArnLike": who,
                "StringEquals": through,
                "Bool": {"kms:GrantIsForAWSResource": "true"},
            },
        )
        # AWS Backup's guide asks for it of whoever makes a vault ("Backup vault creation and deletion").
        yield allow(
            f"RetireGrantsFor{use.name}",
            ("kms:RetireGrant",),
            resources=("*",),
            principals={"AWS": sorted(accounts)},
            conditions={"ArnLike": who},
        )


def _find(users: Sequence[str], partition: str) -> Statement:
    """AWS's own example of a key's users has it, and services look the key up before they use it. It works on
    no data, so neither a service nor a store is asked for: the call carries neither."""
    return allow(
        "UsersFindTheKey",
        ("kms:DescribeKey",),
        resources=("*",),
        principals={"AWS": sorted({arns.account_root(arns.account_of(role), partition) for role in users})},
        conditions={"ArnLike": {"aws:PrincipalArn": list(users)}},
    )


def _deny_roles(sid: str, actions: Sequence[str], roles: Sequence[str]) -> Statement:
    return deny(sid, actions, resources=("*",), conditions={"ArnLike": {"aws:PrincipalArn": list(roles)}})


def _deny_others(sid: str, actions: Sequence[str], roles: Sequence[str]) -> Statement:
    return deny(sid, actions, resources=("*",), conditions={"ArnNotLike": {"aws:PrincipalArn": list(roles)}})
