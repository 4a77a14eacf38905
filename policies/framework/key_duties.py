"""Who may do what with a KMS key, told from its policy document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from billing_identity.policies.framework.documents import ROLE_CONDITION, Statement, overlap

ADMINISTER = (
    "kms:PutKeyPolicy",
    "kms:CreateGrant",
    "kms:ScheduleKeyDeletion",
    "kms:DisableKey",
    "kms:EnableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKeyRotation",
    "kms:ImportKeyMaterial",
    "kms:DeleteImportedKeyMaterial",
    "kms:CancelKeyDeletion",
    "kms:UpdateAlias",
    "kms:DeleteAlias",
    "kms:TagResource",
    "kms:UpdatePrimaryRegion",
    "kms:ReplicateKey",
    "kms:RotateKeyOnDemand",
)
USE = (
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:GenerateDataKeyPair",
    "kms:GenerateDataKeyPairWithoutPlaintext",
    "kms:Sign",
    "kms:GenerateMac",
    "kms:DeriveSharedSecret",
)
_LIKE = ("ArnLike", "ArnEquals", "StringLike", "StringEquals", "StringEqualsIgnoreCase")


@dataclass(frozen=True)
class Holder:
    """Somebody whom a statement allows something: a principal, or the roles that its condition names."""

    pattern: str
    statement: str


def holders(statement: Statement) -> Iterator[Holder]:
    """Whom an Allow statement really allows.

    `aws:PrincipalArn` narrows an account (or everybody) down to the roles that it names. The root user
    alone, by `aws:PrincipalType` Account, holds no duty of its own: it is the way back after a lock-out.
    """
    sid = statement.sid or "without Sid"
    roles = statement.condition(ROLE_CONDITION, *_LIKE)
    if roles:
        yield from (Holder(role, sid) for role in roles)
        return
    for principal in statement.principals:
        if not principal.startswith(("Service:", "Federated:", "CanonicalUser:")):
            yield Holder(principal.removeprefix("AWS:"), sid)


def root_only(statement: Statement) -> bool:
    """Whether the statement speaks of the account's root user alone."""
    return statement.condition("aws:PrincipalType", "StringEquals") == ("Account",)


def for_aws_resources_only(statement: Statement) -> bool:
    """Whether grants made under the statement can only serve AWS's own resources."""
    return statement.condition("kms:GrantIsForAWSResource", "Bool") == ("true",)


def duties(allowing: Iterable[Statement]) -> tuple[list[Holder], list[Holder]]:
    """Who administers and who uses, over all Allow statements together."""
    administer: list[Holder] = []
    use: list[Holder] = []
    for statement in allowing:
        if root_only(statement):
            continue
        managing = [action for action in ADMINISTER if statement.matches(action)]
        if managing == ["kms:CreateGrant"] and for_aws_resources_only(statement):
            managing = []
        if managing:
            administer += holders(statement)
        if any(statement.matches(action) for action in USE):
            use += holders(statement)
    return administer, use


def both(administer: Iterable[Holder], use: Iterable[Holder]) -> Iterator[tuple[Holder, Holder]]:
    """Pairs of an administrator and a user that can be the same principal."""
    for manager in administer:
        for user in use:
            if overlap(manager.pattern, user.pattern):
                yield manager, user
