"""A plain listener that forwards carries sessions and records in clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Missing, Severity
from billing_identity.policies.framework.want import Want

TO = "redirect.protocol"
SAME = "#{protocol}"
"""What a redirect keeps when it says nothing."""


@dataclass(frozen=True, kw_only=True)
class _SendsToHttps(Want):
    """An action that redirects to HTTPS; one fault an action, whatever else it does."""

    path: str = "type"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        kind = view.text(self.path, "")
        if kind != "redirect":
            yield self.said(f"is {kind or 'missing'}, not redirect")
            return
        to = view.text(TO, SAME)
        if to != "HTTPS":
            yield f"`{TO}` is {to}, not HTTPS"

    @property
    @override
    def good(self) -> object:
        return "redirect"

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return ("forward", "fixed-response")

    @property
    @override
    def reads(self) -> Mapping[str, Missing]:
        return {self.path: "fails", TO: "fails"}

    @property
    @override
    def examples(self) -> tuple[tuple[str, object], ...]:
        return ((self.path, self.good), (TO, "HTTPS"))

    @property
    @override
    def mutants(self) -> tuple[tuple[str, object], ...]:
        return (*((self.path, value) for value in self.weak), (TO, "HTTP"), (TO, SAME))


@dataclass(frozen=True)
class _PlainListener(Only):
    """A listener for HTTP; those of gateway load balancers have neither protocol nor port."""

    @property
    @override
    def reads(self) -> Mapping[str, Missing]:
        return {self.path: "safe", "port": "safe"}

    @override
    def holds(self, view: ResourceView, context: RuleContext) -> bool:
        if not view.has("port") and not view.has(self.path):
            return False
        return super().holds(view, context)


RULE = requirement(
    title="Load balancers take plain HTTP only to send it to HTTPS",
    severity=Severity.HIGH,
    why="A plain listener that forwards carries sessions and records in clear.",
    remedy="use protocol HTTPS or TLS, or a default action of type redirect",
    types=(
        "aws:lb/listener:Listener",
        "aws:alb/listener:Listener",
    ),
    wants=(Each(path="defaultActions", wants=(_SendsToHttps(),)),),
    base={"port": 80.0},
    only=_PlainListener("protocol", ("http",), "the listener is encrypted, or no HTTP", default="HTTP"),
    blind_spot="TCP listeners: what runs through them ends at the target.",
)
