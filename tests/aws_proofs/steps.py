"""A step of a journey: who tries what, and whether it is allowed or why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from account_policies import Session, World
from composed import Context, Decision, decide, read, write
from iam_evaluator import Caller

Who = Callable[[World], Session]
What = Callable[[World, Session], Decision]


@dataclass(frozen=True)
class Step:
    """`refused` is a part of the reason why not; empty for what is allowed."""

    who: Who
    what: What
    refused: str = ""

    def fault(self, world: World) -> str | None:
        """What is wrong with the answer, or None."""
        session = self.who(world)
        answer = self.what(world, session)
        right = self.refused in answer.why and not answer if self.refused else bool(answer)
        return None if right else f"{session.arn}: {answer.why}; expected {self.refused or 'allowed'}"


def declared(account: str, name: str) -> Who:
    """The session of a role or permission set that the deployment declares."""
    return lambda world: world.sessions[f"{account}/{name}"]


def partner(user: str) -> Who:
    """The session that Transfer Family makes for an SFTP user."""
    return lambda world: world.sessions[f"sftp/{user}"]


def administrator(account: str, name: str = "somebody") -> Who:
    """A role with AdministratorAccess that the deployment doesn't declare."""
    return lambda world: world.undeclared(account, name)


def root(account: str) -> Who:
    """The root user."""
    return lambda world: world.root(account)


def carrying(who: Who, context: Mapping[str, str]) -> Who:
    """The same session with condition keys: tags, time of issue, user."""
    return lambda world: who(world).carrying(context)


def calls(action: str, resource: str = "*", context: Context = None, held_by: str | None = None) -> What:
    """One call of the API."""
    return lambda world, who: decide(world, who, action, resource, context, held_by=held_by)


def on_key(action: str, bucket: str, context: Context = None) -> What:
    """A call to KMS about the key that a bucket encrypts with."""
    return lambda world, who: decide(world, who, f"kms:{action}", world.store_keys[bucket], context)


def on_vault_key(action: str, vault: str) -> What:
    """A call to KMS about the key of a backup vault, through AWS Backup."""

    def ask(world: World, who: Session) -> Decision:
        key = world.vault_keys[vault]
        context = {
            "kms:ViaService": f"backup.{key.split(':')[3]}.amazonaws.com",
            "kms:GrantIsForAWSResource": "true",
        }
        return decide(world, who, f"kms:{action}", key, context)

    return ask


def takes_on(account: str, name: str, context: Context = None) -> What:
    """Taking on a role."""
    return calls("sts:AssumeRole", f"arn:aws:iam::{account}:role/{name}", context)


def reads(bucket: str, key: str, tags: Context = None) -> What:
    """Reading an object, which S3 and the bucket's key both decide."""
    return lambda world, who: read(world, who, bucket, key, tags)


def writes(bucket: str, key: str, context: Context = None) -> What:
    """Writing an object, which S3 and the bucket's key both decide."""
    return lambda world, who: write(world, who, bucket, key, context)


def by_service(name: str, action: str, resource: str, context: Context = None) -> What:
    """A call that an AWS service makes for itself; the session is not asked."""
    return lambda world, _: decide(world, Caller(service=f"{name}.amazonaws.com"), action, resource, context)


def by_token(issuer: str, role: str, context: Context = None) -> What:
    """A pipeline's token for a role; the session is not asked."""
    verb = "sts:AssumeRoleWithWebIdentity"
    return lambda world, _: decide(world, Caller(federated=issuer), verb, role, context)
