"""Whoever administers a KMS key can't use it, and whoever uses it can't administer it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import Statement, statements
from billing_identity.policies.framework.key_duties import both, duties
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_KEY, AWS_KEY_POLICY, AWS_REPLICA_KEY


def _allowing(key: ResourceView) -> list[Statement] | None:
    document = key.json("policy")
    if document is None:
        return None
    return [statement for statement in statements(document) if statement.allows]


def _separated(key: ResourceView, _: RuleContext) -> Iterator[Finding]:
    allowing = _allowing(key)
    if allowing is None:
        yield Finding("`policy` is not set: the default policy gives the whole account every right")
        return
    seen: set[str] = set()
    for manager, user in both(*duties(allowing)):
        if manager.pattern not in seen:
            seen.add(manager.pattern)
            yield Finding(
                f"{manager.pattern} administers the key (statement {manager.statement}) and "
                f"{user.pattern} uses it (statement {user.statement}): these can be the same principal"
            )


def _named(key: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for statement in _allowing(key) or ():
        sid = statement.sid or "without Sid"
        if statement.inverted:
            yield Finding(f"statement {sid} allows by exclusion (NotAction, NotPrincipal or NotResource)")
        if statement.open:
            yield Finding(f"statement {sid} allows everybody")


def _lockout(key: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if key.flag("bypassPolicyLockoutSafetyCheck", default=False):
        yield Finding("`bypassPolicyLockoutSafetyCheck` is true: the key may become unmanageable")


_ROOT = "arn:aws:iam::111122223333:root"


def _statement(sid: str, actions: list[str], role: str) -> dict[str, object]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"AWS": _ROOT},
        "Action": actions,
        "Resource": "*",
        "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::111122223333:role/{role}"}},
    }


_ADMIN = _statement("Administrators", ["kms:Describe*", "kms:EnableKey", "kms:TagResource"], "key-admin")
_CUSTODIAN = _statement("Custodians", ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"], "key-custodian")
_USERS = _statement("Users", ["kms:Decrypt", "kms:GenerateDataKey*"], "ephi-*")
_RECOVERY: dict[str, object] = {
    "Sid": "RootUserRecovers",
    "Effect": "Allow",
    "Principal": {"AWS": _ROOT},
    "Action": "kms:PutKeyPolicy",
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:PrincipalType": "Account"}},
}
_SERVICE: dict[str, object] = {
    "Sid": "Logs",
    "Effect": "Allow",
    "Principal": {"Service": "logs.us-east-1.amazonaws.com"},
    "Action": ["kms:Encrypt", "kms:Decrypt"],
    "Resource": "*",
}


def _policy(*entries: dict[str, object]) -> dict[str, object]:
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": list(entries)})}


RULE = ResourceRule(
    title="KMS key policies keep administering and using a key apart",
    severity=Severity.CRITICAL,
    why="Whoever holds both can read all data under the key and cover it up.",
    remedy=(
        "write `policy` with one statement for administrators without cryptographic actions and one for "
        "users without administrative ones, each naming its roles"
    ),
    liftable=False,
    types=(
        AWS_KEY,
        AWS_REPLICA_KEY,
        AWS_KEY_POLICY,
        "aws:kms/externalKey:ExternalKey",
        "aws:kms/replicaExternalKey:ReplicaExternalKey",
    ),
    checks=(_separated, _named, _lockout),
    reads={
        "policy": "fails",
        "policy#.Statement": "fails",
        "policy#.Statement[*].Effect": "fails",
        "policy#.Statement[*].Sid": "safe",
        "policy#.Statement[*].Action": "fails",
        "policy#.Statement[*].NotAction": "safe",
        "policy#.Statement[*].NotPrincipal": "safe",
        "policy#.Statement[*].NotResource": "safe",
        "policy#.Statement[*].Principal": "safe",
        "policy#.Statement[*].Principal.AWS": "safe",
        "policy#.Statement[*].Principal.Service": "safe",
        "policy#.Statement[*].Resource": "safe",
        "policy#.Statement[*].Condition": "fails",
        "policy#.Statement[*].Condition.ArnLike": "fails",
        "policy#.Statement[*].Condition.StringEquals": "fails",
        "bypassPolicyLockoutSafetyCheck": "safe",
    },
    weaker={
        "policy": ("{}", "not JSON"),
        "policy#.Statement": (
            [],
            [{**_CUSTODIAN, "Action": ["kms:*"]}],
            [_ADMIN, _CUSTODIAN, {**_USERS, "Condition": dict[str, object]()}],
            [_ADMIN, _CUSTODIAN, _statement("Users", ["kms:Decrypt"], "*")],
            [_statement("Administrators", ["kms:PutKeyPolicy"], "*"), _USERS],
        ),
        "policy#.Statement[*].Effect": ("allow",),
        "policy#.Statement[*].NotPrincipal": ({"AWS": _ROOT},),
        "policy#.Statement[*].NotAction": ("kms:Delete*",),
        "policy#.Statement[*].NotResource": ("*",),
        "policy#.Statement[*].Principal": ("*", {"AWS": "*"}, {"*": "*"}),
        "policy#.Statement[*].Principal.AWS": ("*",),
        "bypassPolicyLockoutSafetyCheck": (True,),
    },
    neutral={
        "policy#.Statement[*].Sid": "a name, for the message",
        "policy#.Statement[*].Action": "which actions may stand together depends on whom they are given to",
        "policy#.Statement[*].Principal.Service": "a service is no person: it holds no duty",
        "policy#.Statement[*].Resource": "in a key policy, only the key itself",
        "policy#.Statement[*].Condition": "weakened with its statement",
        "policy#.Statement[*].Condition.ArnLike": "weakened with its statement",
        "policy#.Statement[*].Condition.StringEquals": "the root user, by its type; see `removed`",
    },
    allowed=(
        Example(
            "two duties, a way back and a service",
            AWS_KEY,
            _policy(_ADMIN, _CUSTODIAN, _USERS, _RECOVERY, _SERVICE),
        ),
        Example("a replica with its own policy", AWS_REPLICA_KEY, _policy(_ADMIN, _CUSTODIAN, _USERS)),
    ),
    disallowed=(
        Example("no policy", AWS_KEY, {"description": "ePHI"}),
        Example(
            "the default policy",
            AWS_KEY,
            _policy(
                {"Effect": "Allow", "Principal": {"AWS": _ROOT}, "Action": "kms:*", "Resource": "*"},
            ),
        ),
        Example(
            "both in one statement",
            AWS_KEY,
            _policy(_statement("Both", ["kms:Decrypt", "kms:PutKeyPolicy"], "ops")),
        ),
        Example(
            "both in two statements",
            AWS_KEY_POLICY,
            _policy(_ADMIN, _statement("Users", ["kms:Decrypt"], "key-admin")),
        ),
        Example(
            "users by a pattern that covers an administrator",
            AWS_KEY,
            _policy(_ADMIN, _statement("Users", ["kms:Decrypt"], "key-*")),
        ),
        Example(
            "everybody",
            AWS_KEY,
            _policy(
                _CUSTODIAN,
                {"Sid": "All", "Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"},
            ),
        ),
        Example(
            "by exclusion",
            AWS_KEY,
            _policy(
                _ADMIN,
                {"Effect": "Allow", "Principal": {"AWS": _ROOT}, "NotAction": "kms:Delete*", "Resource": "*"},
            ),
        ),
        Example("not JSON", AWS_KEY, {"policy": "{"}),
    ),
    blind_spot="Rights that IAM policies give where the key policy delegates to the account: IAM rules.",
)
