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
class Number(Want):
    """A number held against a parameter's value."""

    parameter: str
    limit: float
    """The parameter's default, for the examples."""
    default: float = 0
    """What the provider makes of a missing one."""

    def fits(self, value: float, limit: float) -> bool:
        """Whether a number is on the right side of a limit."""
        raise NotImplementedError

    def bound(self, limit: float) -> str:
        """What would fit, for the message."""
        return f"at least {limit:g}"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value, limit = view.number(self.path, self.default), context.number(self.parameter)
        if not self.fits(value, limit):
            yield self.said(f"is {value:g}: {self.bound(limit)}")

    @property
    @override
    def good(self) -> object:
        return float(self.limit)

    @property
    @override
    def missing(self) -> Missing:
        return "safe" if self.fits(self.default, self.limit) else "fails"


@dataclass(frozen=True, kw_only=True)
class AtLeast(Number):
    """A number of at least the limit."""

    @override
    def fits(self, value: float, limit: float) -> bool:
        return value >= limit

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (float(self.limit - 1),)


@dataclass(frozen=True, kw_only=True)
class AtMost(Number):
    """A number above 0 and at most the limit."""

    @override
    def fits(self, value: float, limit: float) -> bool:
        return 0 < value <= limit

    @override
    def bound(self, limit: float) -> str:
        return f"1 to {limit:g}"

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (float(self.limit + 1), 0.0)


@dataclass(frozen=True, kw_only=True)
class NotBefore(Number):
    """A number of days that is missing or 0 (never), or at least the limit."""

    @override
    def fits(self, value: float, limit: float) -> bool:
        return value == 0 or value >= limit

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (float(self.limit - 1), 1.0)
