"""Wants of one number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.rule import Missing
from billing_identity.policies.framework.want import Want


@dataclass(frozen=True, kw_only=True)
class AtLeast(Want):
    """A number of at least a parameter's value. `default`: what the provider makes of a missing one."""

    parameter: str
    limit: float
    """The parameter's default, for the examples."""
    default: float = 0

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value, least = view.number(self.path, self.default), context.number(self.parameter)
        if value < least:
            yield self.said(f"is {value:g}: at least {least:g}")

    @property
    @override
    def good(self) -> object:
        return float(self.limit)

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (float(self.limit - 1),)

    @property
    @override
    def missing(self) -> Missing:
        return "safe" if self.default >= self.limit else "fails"


@dataclass(frozen=True, kw_only=True)
class AtMost(Want):
    """A number above 0 and at most a parameter's value. `default`: what a missing one means."""

    parameter: str
    limit: float
    default: float = 0

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value, most = view.number(self.path, self.default), context.number(self.parameter)
        if not 0 < value <= most:
            yield self.said(f"is {value:g}: 1 to {most:g}")

    @property
    @override
    def good(self) -> object:
        return float(self.limit)

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (float(self.limit + 1), 0.0)

    @property
    @override
    def missing(self) -> Missing:
        return "safe" if 0 < self.default <= self.limit else "fails"


@dataclass(frozen=True, kw_only=True)
class NotBefore(Want):
    """A number of days that is missing or 0 (never), or at least a parameter's value."""

    parameter: str
    limit: float

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value, least = view.number(self.path, 0), context.number(self.parameter)
        if value < 0 or 0 < value < least:
            yield self.said(f"is {value:g}: at least {least:g}")

    @property
    @override
    def good(self) -> object:
        return float(self.limit)

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (float(self.limit - 1), 1.0)

    @property
    @override
    def missing(self) -> Missing:
        return "safe"
