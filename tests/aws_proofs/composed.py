"""May this session do this action on this resource with this context, everything taken together?

AWS's order (IAM User Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic"):

1. A denial in any policy that applies ends it.
2. Resource control policies of the resource's account and service control policies of the caller's must
   allow: here AWS's own FullAWSAccess does, which stays attached, so that only their denials count. Neither
   binds the management account, service-linked roles or, for service control policies, AWS services.
3. In one account, a resource policy that names the role itself is enough; one that names the account hands
   the question to the role's own policy, which is also enough alone.
4. Between accounts the resource's policy and the caller's own must both allow.
5. A key and a role are never reached without their own policy (KMS Developer Guide, "Determining access"; IAM
   User Guide, "How to enable access to roles"), or a key by a grant to the caller.
6. What the caller's own policy allows counts only as far as boundary and session policy allow it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from account_policies import Session, World
from iam_evaluator import Caller, Request, matching, names_the_caller

GUARDED = ("kms:", "sts:AssumeRole", "sts:TagSession")
"""Actions for which the resource's own policy must always allow."""
CONTROLLED = ("kms:", "s3:", "secretsmanager:", "sqs:", "sts:")
"""Services that resource control policies bind (Organizations User Guide, list of 2024-11; others came later
and are in none of our documents)."""


Context = Mapping[str, str] | None


@dataclass(frozen=True)
class Grant:
    """A KMS grant: to a role or service, for operations, while the encryption context holds these pairs."""

    grantee: str
    operations: tuple[str, ...]
    context: Mapping[str, str]


@dataclass(frozen=True)
class Decision:
    """The answer, and the one reason for it."""

    allowed: bool
    why: str

    def __bool__(self) -> bool:
        return self.allowed


def decide(
    world: World,
    who: Session | Caller,
    action: str,
    resource: str = "*",
    context: Context = None,
    *,
    held_by: str | None = None,
    grants: Iterable[Grant] = (),
) -> Decision:
    """The decision about one call.

    `held_by` is the ARN whose policy is asked when that is not the resource itself: the vault of a recovery
    point. AWS services are callers of their own; they have nothing but what a resource's policy gives them.
    """
    session = who if isinstance(who, Session) else None
    owner, policy = _resource(world, held_by or resource)
    owner = owner or (session.account if session else "")
    request = _request(world, who, action, resource, context or {}, owner)
    applying = [*_controls(world, session, owner, action), *_own(session)]
    if policy is not None:
        applying.append(("resource policy", policy))
    for label, text in applying:
        for statement in matching(text, request):
            if statement["Effect"] == "Deny":
                return Decision(False, f"{label}: {statement['Sid']} denies")
    granting = [s for s in matching(policy, request) if s["Effect"] == "Allow"] if policy else []
    named = any(names_the_caller(statement, request.caller) for statement in granting)
    if session is None:
        return Decision(named, "resource policy")
    if action.startswith("kms:") and any(_holds(grant, session, request) for grant in grants):
        return Decision(True, "grant")
    for label, text in _own(session):
        if not any(statement["Effect"] == "Allow" for statement in matching(text, request)):
            if named and owner == session.account and label == "identity policy":
                continue
            return Decision(False, f"{label} does not allow")
    if owner != session.account and not granting:
        return Decision(False, "resource policy of another account does not allow")
    if action.startswith(GUARDED) and not granting:
        return Decision(False, "the resource's own policy does not allow")
    return Decision(True, "allowed")


def _resource(world: World, arn: str) -> tuple[str, str | None]:
    """Account and policy of a resource; an object's are its bucket's."""
    if arn.startswith("arn:aws:s3:::"):
        bucket = arn.removeprefix("arn:aws:s3:::").split("/")[0]
        assert bucket in world.owners or "*" in bucket or bucket.startswith("awsbackup-"), bucket
        return world.owners.get(bucket, ""), world.resources.get(f"arn:aws:s3:::{bucket}")
    return arn.split(":")[4] if arn.count(":") >= 5 else "", world.resources.get(arn)


def _request(
    world: World, who: Session | Caller, action: str, resource: str, context: Mapping[str, str], owner: str
) -> Request:
    region = resource.split(":")[3] if resource.count(":") >= 5 else ""
    known = {"aws:RequestedRegion": region or "us-east-1", "aws:ResourceAccount": owner}
    if owner in world.members:
        known["aws:ResourceOrgID"] = world.organisation
    if isinstance(who, Session):
        return Request(world.caller(who), action, resource, {**known, **who.context, **context})
    if context.get("aws:SourceAccount") in world.members:
        known["aws:SourceOrgID"] = world.organisation
    return Request(who, action, resource, {**known, **context})


def _controls(world: World, session: Session | None, owner: str, action: str) -> Iterator[tuple[str, str]]:
    if session is not None and session.linked:
        return
    if session is not None and session.account != world.management:
        for name, text in world.service_controls.get(session.account, {}).items():
            yield f"service control policy {name}", text
    if owner != world.management and action.startswith(CONTROLLED):
        for name, text in world.resource_controls.get(owner, {}).items():
            yield f"resource control policy {name}", text


def _own(session: Session | None) -> Iterator[tuple[str, str]]:
    if session is None:
        return
    yield "identity policy", session.identity or '{"Statement":[]}'
    if session.boundary is not None:
        yield "boundary", session.boundary
    if session.session is not None:
        yield "session policy", session.session


def _holds(grant: Grant, session: Session, request: Request) -> bool:
    keys = request.keys()
    wanted = {f"kms:encryptioncontext:{name}".lower(): value for name, value in grant.context.items()}
    return (
        grant.grantee == session.arn
        and request.action.removeprefix("kms:") in grant.operations
        and wanted.items() <= keys.items()
    )


def read(
    world: World, who: Session, bucket: str, key: str, tags: Mapping[str, str] | None = None
) -> Decision:
    """Whether an object can be read: S3 and, through it, the bucket's key both have to agree.

    `tags` are the object's. With a bucket key S3 gives KMS the bucket as encryption context, which every
    object's call is answered from (S3 User Guide, "Reducing the cost of SSE-KMS with S3 bucket keys").
    """
    tagged = {f"s3:ExistingObjectTag/{name}": value for name, value in (tags or {}).items()}
    first = decide(world, who, "s3:GetObject", f"arn:aws:s3:::{bucket}/{key}", tagged)
    return first and _through_s3(world, who, "kms:Decrypt", bucket)


def write(world: World, who: Session, bucket: str, key: str, context: Context = None) -> Decision:
    """Whether an object can be written, under the bucket's key."""
    first = decide(world, who, "s3:PutObject", f"arn:aws:s3:::{bucket}/{key}", context)
    return first and _through_s3(world, who, "kms:GenerateDataKey", bucket)


def _through_s3(world: World, who: Session, action: str, bucket: str) -> Decision:
    if bucket not in world.store_keys:
        return Decision(True, "no key of ours")
    key = world.store_keys[bucket]
    through = {
        "kms:ViaService": f"s3.{key.split(':')[3]}.amazonaws.com",
        "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}",
    }
    return decide(world, who, action, key, through)
