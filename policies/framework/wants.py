"""Wants of one value: a switch, a text, a number, a key, a secret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.key_wants import EXAMPLE_KEY, Key, Sealed
from billing_identity.policies.framework.number_wants import AtLeast, AtMost, NotBefore
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.rule import Missing
from billing_identity.policies.framework.want import Exampled, IfSet, Want

__all__ = [
    "EXAMPLE_KEY",
    "Absent",
    "AtLeast",
    "AtMost",
    "Begins",
    "Exact",
    "Flag",
    "Key",
    "NotBefore",
    "NotOneOf",
    "OneOf",
    "OneOfNot",
    "Sealed",
    "Set",
]


@dataclass(frozen=True, kw_only=True)
class Flag(Want):
    """A boolean that must be `wanted`. `default`: what the provider makes of a missing one."""

    wanted: bool = True
    default: bool = False

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if view.flag(self.path, self.default) is not self.wanted:
            yield self.said(f"is not {str(self.wanted).lower()}")

    @property
    @override
    def good(self) -> object:
        return self.wanted

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (not self.wanted,)

    @property
    @override
    def missing(self) -> Missing:
        return "safe" if self.default is self.wanted else "fails"


@dataclass(frozen=True, kw_only=True)
class OneOf(Want):
    """A text that must be among `allowed` (or, with `parameter`, among a parameter's texts)."""

    allowed: tuple[str, ...]
    refused: tuple[str, ...]
    """Values that the provider takes and that must fail."""
    default: str = ""
    parameter: str = ""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        allowed = context.texts(self.parameter) if self.parameter else self.allowed
        value = view.text(self.path, self.default)
        if value not in allowed:
            yield self.said(f"is {value or 'missing'}, not {' or '.join(allowed)}")

    @property
    @override
    def good(self) -> object:
        return self.allowed[0]

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return self.refused

    @property
    @override
    def missing(self) -> Missing:
        return "safe" if self.default in self.allowed else "fails"


@dataclass(frozen=True, kw_only=True)
class NotOneOf(IfSet):
    """A text that may be anything but `refused` (letter case ignored); missing is fine."""

    refused: tuple[str, ...]
    instead: str

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if value.lower() in {text.lower() for text in self.refused}:
            yield self.said(f"is {value}")

    @property
    @override
    def good(self) -> object:
        return self.instead

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return self.refused


@dataclass(frozen=True, kw_only=True)
class Set(Exampled):
    """A text or number that must be there and not empty."""

    example: object = "example"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if not view.text(self.path, ""):
            yield self.said("is not set")

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return ("",)


@dataclass(frozen=True, kw_only=True)
class Absent(IfSet):
    """Something that must not be there."""

    example: object = "example"
    """A value that must fail."""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if view.has(self.path):
            yield self.said("is set")

    @property
    @override
    def good(self) -> object:
        return None

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (self.example,)


@dataclass(frozen=True, kw_only=True)
class Begins(Exampled):
    """A text that must begin with `prefix`."""

    prefix: str
    refused: tuple[str, ...]

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value.startswith(self.prefix):
            yield self.said(f"is {value or 'missing'}: it must begin with {self.prefix}")

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (*self.refused, "")


@dataclass(frozen=True, kw_only=True)
class Exact(Exampled):
    """A text that must be there, without wildcards."""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value or "*" in value or "?" in value:
            yield self.said(f"is {value or 'missing'}: it must be the whole text, without wildcards")

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return ("", "*", f"{self.example}*")


@dataclass(frozen=True, kw_only=True)
class OneOfNot(Exampled):
    """A text that must be there and none of `refused`."""

    refused: tuple[str, ...]

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value or value in self.refused:
            yield self.said(f"is {value or 'missing'}")

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (*self.refused, "")
