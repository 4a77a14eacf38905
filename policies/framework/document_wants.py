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
            if statement.allows and statement.open and not statement.narrowed:
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
        needed: dict[str, Missing] = dict.fromkeys((f"{self.path}#.{name}" for name in _NEEDED), "fails")
        return {self.path: self.missing, **inside, **needed}

    @property
    @override
    def mutants(self) -> tuple[tuple[str, object], ...]:
        inside = [(f"{self.path}#.{place}", value) for place, values in _WEAKER.items() for value in values]
        return (*super().mutants, *inside)

    @property
    @override
    def neutral(self) -> Mapping[str, str]:
        return {f"{self.path}#.{place}": reason for place, reason in _NEUTRAL.items()}


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


_NEEDED = ("Statement", "Statement[*].Effect", "Statement[*].Action")
_WEAKER: Mapping[str, tuple[object, ...]] = {
    "Statement": ([], {}, "Allow"),
    "Statement[*].Effect": ("allow", ""),
    "Statement[*].Principal": ("*", {"AWS": "*"}, {"AWS": ["arn:aws:iam::*:root"]}, {"*": "*"}),
    "Statement[*].Principal.AWS": ("*", ["111122223333", "*"]),
    "Statement[*].NotPrincipal": ("*", {"AWS": "arn:aws:iam::111122223333:root"}),
    "Statement[*].Action": ([],),
}
_NEUTRAL = {
    "Statement[*].Sid": "a name, for the message",
    "Statement[*].NotAction": "who may come is judged, not what they may do",
    "Statement[*].Resource": "who may come is judged, not where",
    "Statement[*].NotResource": "who may come is judged, not where",
    "Statement[*].Condition": "a condition only takes away from a named principal",
}


def _document(principal: str) -> str:
    return (
        '{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Principal":'
        f'{principal},"Action":"service:Read","Resource":"*"}}]}}'
    )
