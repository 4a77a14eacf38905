"""A bucket policy refuses requests without TLS, and with an old version of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import Statement, covers_bucket, statements
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_BUCKET_POLICY


def _denials(policy: ResourceView) -> list[Statement]:
    document = policy.json("policy")
    if document is None:
        return []
    return [
        statement
        for statement in statements(document)
        if not statement.allows
        and statement.public
        and not statement.inverted
        and statement.matches("s3:GetObject")
        and statement.matches("s3:PutObject")
        and covers_bucket(statement.resources)
    ]


def _encrypted(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if not any(
        statement.condition("aws:SecureTransport", "Bool", "BoolIfExists") == ("false",)
        and len(statement.conditions) == 1
        for statement in _denials(policy)
    ):
        yield Finding("no statement denies everybody every action without TLS (`aws:SecureTransport` false)")


def _version(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for statement in _denials(policy):
        floor = statement.condition("s3:TlsVersion", "NumericLessThan", "NumericLessThanIfExists")
        if len(floor) == 1 and len(statement.conditions) == 1 and floor[0] in ("1.2", "1.3"):
            return
    yield Finding("no statement denies everybody TLS below 1.2 (`s3:TlsVersion`)")


def _deny(sid: str, operator: str, key: str, value: str) -> dict[str, object]:
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::meridian-prod-edi-835", "arn:aws:s3:::meridian-prod-edi-835/*"],
        "Condition": {operator: {key: value}},
    }


_NO_TLS = _deny("NoTls", "Bool", "aws:SecureTransport", "false")
_OLD_TLS = _deny("OldTls", "NumericLessThan", "s3:TlsVersion", "1.2")


def _policy(*entries: dict[str, object]) -> dict[str, object]:
    document = json.dumps({"Version": "2012-10-17", "Statement": list(entries)})
    return {"bucket": "meridian-prod-edi-835", "policy": document}


_PATHS = ("Effect", "Action", "Principal", "Resource", "Condition")

RULE = ResourceRule(
    title="S3 buckets are reached over TLS 1.2 or newer only",
    severity=Severity.HIGH,
    why="S3 answers over plain HTTP unless the bucket's policy refuses.",
    remedy=(
        "deny `*` all of `s3:*` on the bucket and its objects, once with Bool aws:SecureTransport false and "
        "once with NumericLessThan s3:TlsVersion 1.2"
    ),
    types=(AWS_BUCKET_POLICY,),
    checks=(_encrypted, _version),
    reads={
        "policy": "fails",
        "policy#.Statement": "fails",
        **{f"policy#.Statement[*].{name}": "fails" for name in _PATHS},
        "policy#.Statement[*].Sid": "safe",
        "policy#.Statement[*].NotAction": "safe",
        "policy#.Statement[*].NotPrincipal": "safe",
        "policy#.Statement[*].NotResource": "safe",
        "policy#.Statement[*].Condition.Bool": "fails",
        "policy#.Statement[*].Condition.NumericLessThan": "fails",
        "policy#.Statement[*].Condition.StringEquals": "safe",
        "policy#.Statement[*].Principal.AWS": "safe",
    },
    weaker={
        "policy": ("{}", "deny"),
        "policy#.Statement": ([], [_NO_TLS], [_OLD_TLS]),
        "policy#.Statement[*].Effect": ("Allow", "deny"),
        "policy#.Statement[*].Action": ("s3:PutObject", ["s3:GetObject"], []),
        "policy#.Statement[*].NotAction": ("s3:GetObject",),
        "policy#.Statement[*].Principal": ({"AWS": "111122223333"}, {"AWS": "arn:aws:iam::*:root"}),
        "policy#.Statement[*].NotPrincipal": ({"AWS": "111122223333"},),
        "policy#.Statement[*].Resource": (
            "arn:aws:s3:::meridian-prod-edi-835",
            "arn:aws:s3:::meridian-prod-edi-835/*",
            [],
        ),
        "policy#.Statement[*].NotResource": ("arn:aws:s3:::meridian-prod-edi-835/public/*",),
        "policy#.Statement[*].Condition": (
            {},
            {"Bool": {"aws:SecureTransport": "true"}},
            {"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:PrincipalAccount": "1"}},
        ),
        "policy#.Statement[*].Condition.Bool": ({"aws:SecureTransport": "true"},),
        "policy#.Statement[*].Condition.NumericLessThan": ({"s3:TlsVersion": "1.1"},),
    },
    neutral={
        "policy#.Statement[*].Sid": "a name, for the message",
        "policy#.Statement[*].Principal.AWS": "weakened with the principal",
        "policy#.Statement[*].Condition.StringEquals": "a second condition: see what is refused",
    },
    allowed=(Example("both denials", AWS_BUCKET_POLICY, _policy(_NO_TLS, _OLD_TLS)),),
    disallowed=(
        Example("plain HTTP allowed", AWS_BUCKET_POLICY, _policy(_OLD_TLS)),
        Example("old TLS allowed", AWS_BUCKET_POLICY, _policy(_NO_TLS)),
        Example(
            "objects forgotten",
            AWS_BUCKET_POLICY,
            _policy({**_NO_TLS, "Resource": "arn:aws:s3:::meridian-prod-edi-835"}, _OLD_TLS),
        ),
        Example(
            "reading forgotten", AWS_BUCKET_POLICY, _policy({**_NO_TLS, "Action": "s3:PutObject"}, _OLD_TLS)
        ),
        Example(
            "one account only",
            AWS_BUCKET_POLICY,
            _policy({**_NO_TLS, "Principal": {"AWS": "111122223333"}}, _OLD_TLS),
        ),
        Example(
            "narrowed by a second condition",
            AWS_BUCKET_POLICY,
            _policy(
                {
                    **_NO_TLS,
                    "Condition": {
                        "Bool": {"aws:SecureTransport": "false"},
                        "StringEquals": {"aws:PrincipalAccount": "1"},
                    },
                },
                _OLD_TLS,
            ),
        ),
        Example(
            "TLS 1.0 floor",
            AWS_BUCKET_POLICY,
            _policy(_NO_TLS, _deny("Old", "NumericLessThan", "s3:TlsVersion", "1.1")),
        ),
        Example("not JSON", AWS_BUCKET_POLICY, {"policy": "deny"}),
    ),
    blind_spot="A bucket without any policy: aws-s3-bucket-complete.",
)
