"""Wants of policy documents in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import statements
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.rule import Missing
from billing_identity.policies.framework.want import Want


@dataclass(frozen=True, kw_only=True)
class NotPublic(Want):
    """A policy document that lets nobody in without naming who: account, organisation or source."""

    needed: bool = True

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        document = view.json(self.path)
        if document is None:
            if self.needed:
                yield self.said("is not set")
            return
        for statement in statements(document):
            if not statement.allows or not statement.public:
                continue
            if not any(key.lower() in NARROWING for _, key, _ in statement.conditions):
                yield self.said(f"statement {statement.sid or '(without Sid)'} lets everybody in")

    @property
    @override
    def good(self) -> object:
        return _document('{"AWS":"arn:aws:iam::111122223333:root"}')

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (_document('"*"'), _document('{"AWS":"*"}'), _document('{"AWS":["*"]}'), "not JSON", "{}")

    @property
    @override
    def missing(self) -> Missing:
        return "fails" if self.needed else "safe"

    @property
    @override
    def reads(self) -> Mapping[str, Missing]:
        inside: dict[str, Missing] = dict.fromkeys((f"{self.path}#.{name}" for name in _STATEMENT), "safe")
        return {self.path: self.missing, **inside, f"{self.path}#.Statement": "fails"}


NARROWING = frozenset(
    {
        "aws:principalorgid",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceowner",
        "kms:calleraccount",
    }
)
"""Condition keys that say who may come although the principal is everybody."""
_STATEMENT = (
    "Statement",
    *(
        f"Statement[*].{name}"
        for name in (
            *("Sid", "Effect", "Principal", "Principal.AWS", "NotPrincipal", "Action", "NotAction"),
            *("Resource", "NotResource", "Condition"),
        )
    ),
)


def _document(principal: str) -> str:
    return (
        '{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Principal":'
        f'{principal},"Action":"service:Read","Resource":"*"}}]}}'
    )
