"""A pattern that fits any branch lets any branch deploy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity

_CREDENTIAL = (
    "azuread:index/applicationFlexibleFederatedIdentityCredential:"
    "ApplicationFlexibleFederatedIdentityCredential"
)
_PART = r"claims\['[a-z_]+'\] eq '[^'*?]+'"
_EXACT = re.compile(rf"{_PART}( and {_PART})*")


def _issuer(credential: ResourceView, _: RuleContext) -> Iterator[Finding]:
    issuer = credential.text("issuer", "")
    if not issuer.startswith("https://"):
        yield Finding(f"`issuer` is {issuer or 'missing'}: it must begin with https://")


def _exact(credential: ResourceView, _: RuleContext) -> Iterator[Finding]:
    expression = credential.text("claimsMatchingExpression", "")
    if "claims['sub'] eq " not in expression or not _EXACT.fullmatch(expression):
        yield Finding(
            f"`claimsMatchingExpression` is {expression or 'missing'}: it must name the whole subject, by eq"
        )


def _credential(
    expression: str, issuer: str = "https://token.actions.githubusercontent.com"
) -> dict[str, object]:
    return {"applicationId": "/applications/1", "claimsMatchingExpression": expression, "issuer": issuer}


_SUBJECT = "claims['sub'] eq 'repo:meridian/identity:environment:prod'"

RULE = ResourceRule(
    title="Flexible federated credentials name exactly whom they trust",
    severity=Severity.HIGH,
    why="A loose pattern lets any branch or pull request sign in as the application.",
    remedy="write `claims['sub'] eq '<whole subject>'`, from an https:// issuer",
    types=(_CREDENTIAL,),
    checks=(_issuer, _exact),
    reads={"issuer": "fails", "claimsMatchingExpression": "fails"},
    weaker={
        "issuer": ("http://token.example.com", ""),
        "claimsMatchingExpression": (
            "claims['sub'] matches '*'",
            "claims['sub'] matches 'repo:meridian/identity:ref:refs/heads/*'",
            "claims['sub'] eq '*'",
            "claims['job_workflow_ref'] eq 'meridian/identity/deploy.yml'",
            f"{_SUBJECT} or claims['sub'] matches '*'",
            "",
        ),
    },
    allowed=(
        Example("a subject", _CREDENTIAL, _credential(_SUBJECT)),
        Example(
            "a subject and a workflow",
            _CREDENTIAL,
            _credential(f"{_SUBJECT} and claims['job_workflow_ref'] eq 'meridian/identity/deploy.yml'"),
        ),
    ),
    disallowed=(
        Example("anything", _CREDENTIAL, _credential("claims['sub'] matches '*'")),
        Example("a plain issuer", _CREDENTIAL, _credential(_SUBJECT, "http://token.example.com")),
    ),
)
