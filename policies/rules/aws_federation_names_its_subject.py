"""A role that trusts an identity provider says which of its subjects it means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import Statement, statements
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.tokens import AWS_IAM_ROLE

SUBJECTS = (":sub", ":amr", "saml:aud", "saml:sub", "saml:namequalifier")
"""Ends of the condition keys that say whom the provider has signed in, or for what."""
_EXACT = (
    "stringequals",
    "stringequalsignorecase",
    "stringlike",
    "foranyvalue:stringlike",
    "foranyvalue:stringequals",
)


def _trusted(role: ResourceView, _: RuleContext) -> Iterator[Finding]:
    document = role.json("assumeRolePolicy")
    federated = [] if document is None else [one for one in statements(document) if _federated(one)]
    if not federated:
        raise NotApplicableError("the role trusts no identity provider")
    for statement in federated:
        if not any(
            key.lower().endswith(SUBJECTS)
            and operator.lower() in _EXACT
            and values
            and all(map(_named, values))
            for operator, key, values in statement.conditions
        ):
            sid = statement.sid or "without Sid"
            yield Finding(f"statement {sid} trusts everybody whom the identity provider signs in")


def _federated(statement: Statement) -> bool:
    return statement.allows and any(who.startswith("Federated:") for who in statement.principals)


def _named(value: str) -> bool:
    """Whether a subject names somebody: a wildcard may stand behind the owner's name only."""
    parts = value.split(":", 2)
    owner = parts[1].partition("/")[0] if len(parts) > 1 else value
    return bool(owner) and not set(owner) & set("*?")


def _role(condition: Mapping[str, object] | None) -> dict[str, object]:
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {
            "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
        },
        "Action": "sts:AssumeRoleWithWebIdentity",
    }
    if condition is not None:
        statement["Condition"] = condition
    return {"assumeRolePolicy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


_SUB = "token.actions.githubusercontent.com:sub"
_GOOD = {"StringEquals": {_SUB: "repo:meridian/identity:environment:prod"}}
_AT = "assumeRolePolicy#.Statement"
_OTHERS = tuple(
    f"{_AT}[*].{name}"
    for name in (
        "Sid",
        "Principal",
        "Principal.Federated",
        "NotPrincipal",
        "NotAction",
        "Resource",
        "NotResource",
    )
)

RULE = ResourceRule(
    title="Roles that trust an identity provider name whom they mean",
    severity=Severity.CRITICAL,
    why="Without a subject, every repository or account that the provider signs in takes the role.",
    remedy="add a condition on the provider's `:sub` (SAML: `SAML:aud`) that begins with your own name",
    types=(AWS_IAM_ROLE,),
    checks=(_trusted,),
    reads={
        "assumeRolePolicy": "safe",
        _AT: "fails",
        f"{_AT}[*].Effect": "fails",
        f"{_AT}[*].Action": "fails",
        f"{_AT}[*].Condition": "fails",
        f"{_AT}[*].Condition.StringEquals": "fails",
        f"{_AT}[*].Condition.StringLike": "fails",
        **dict.fromkeys(_OTHERS, "safe"),
    },
    weaker={
        "assumeRolePolicy": ("{}", "trust"),
        _AT: ([], "Allow"),
        f"{_AT}[*].Effect": ("allow",),
        f"{_AT}[*].Action": ([],),
        f"{_AT}[*].Condition": (
            {},
            {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}},
            {"StringNotEquals": {_SUB: "repo:meridian/identity:environment:prod"}},
            {"StringEqualsIfExists": {_SUB: "repo:meridian/identity:environment:prod"}},
            {"StringLike": {_SUB: "*"}},
            {"StringLike": {_SUB: "repo:*/identity:*"}},
        ),
        f"{_AT}[*].Condition.StringEquals": ({}, {_SUB: ""}, {_SUB: ["repo:meridian/identity:x", "*"]}),
        f"{_AT}[*].Condition.StringLike": ({_SUB: "*"}, {_SUB: "repo:*"}, {_SUB: "repo:mer*/identity:x"}),
    },
    neutral=dict.fromkeys(_OTHERS, "whom the provider signs in is judged; the rest is other rules'"),
    allowed=(
        Example("one repository's environment", AWS_IAM_ROLE, _role(_GOOD)),
        Example("our own repositories", AWS_IAM_ROLE, _role({"StringLike": {_SUB: "repo:meridian/*"}})),
    ),
    disallowed=(
        Example("whoever GitHub signs in", AWS_IAM_ROLE, _role(None)),
        Example("every repository", AWS_IAM_ROLE, _role({"StringLike": {_SUB: "repo:*"}})),
    ),
    blind_spot="Whether the named repository is the right one, and who may change it.",
)
