"""Wants of one value: a switch, a text, a number, a key, a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.rule import Missing
from billing_identity.policies.framework.want import Want
from billing_identity.policies.framework.wire import secret

KEY = re.compile(
    r"^((arn:[\w-]+:kms:[\w-]+:\d+:)?alias/.+|arn:[\w-]+:kms:[\w-]+:\d+:key/.+"
    r"|mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
)
"""A customer managed key by ARN, alias or id."""
EXAMPLE_KEY = "arn:aws:kms:us-east-1:111122223333:key/5f1d0c2e-8a43-4c1b-9d52-0a6b7c8d9e0f"


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
class NotOneOf(Want):
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

    @property
    @override
    def missing(self) -> Missing:
        return "safe"


@dataclass(frozen=True, kw_only=True)
class Key(Want):
    """A customer managed key, by ARN, id or alias; none of Amazon's own."""

    else_: str = "Amazon's own key is taken"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value:
            yield self.said("is not set")
        elif "alias/aws/" in value.lower():
            yield self.said(f"is {value}")
        elif not KEY.match(value):
            yield self.said(f"is {value}, which names no key")

    @property
    @override
    def good(self) -> object:
        return EXAMPLE_KEY

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (
            "alias/aws/rds",
            "arn:aws:kms:us-east-1:111122223333:alias/aws/rds",
            "ALIAS/AWS/RDS",
            "AWS_OWNED_KMS_KEY",
            " ",
            "",
        )


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
class Set(Want):
    """A text or number that must be there and not empty."""

    example: object = "example"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if not view.text(self.path, ""):
            yield self.said("is not set")

    @property
    @override
    def good(self) -> object:
        return self.example

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return ("",)


@dataclass(frozen=True, kw_only=True)
class Absent(Want):
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

    @property
    @override
    def missing(self) -> Missing:
        return "safe"


@dataclass(frozen=True, kw_only=True)
class Sealed(Want):
    """A value that is missing or marked as a secret, so that it never stands in clear in the state."""

    else_: str = "it would stand in clear in state and logs"
    example: str = "correct-horse-battery"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if not view.is_secret(self.path) and view.has(self.path):
            yield self.said("is not marked as a secret")

    @property
    @override
    def good(self) -> object:
        return secret(self.example)

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (self.example,)

    @property
    @override
    def missing(self) -> Missing:
        return "safe"


@dataclass(frozen=True, kw_only=True)
class Begins(Want):
    """A text that must begin with `prefix`."""

    prefix: str
    refused: tuple[str, ...]
    example: str

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value.startswith(self.prefix):
            yield self.said(f"is {value or 'missing'}: it must begin with {self.prefix}")

    @property
    @override
    def good(self) -> object:
        return self.example

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (*self.refused, "")


@dataclass(frozen=True, kw_only=True)
class Exact(Want):
    """A text that must be there, without wildcards."""

    example: str

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value or "*" in value or "?" in value:
            yield self.said(f"is {value or 'missing'}: it must be the whole text, without wildcards")

    @property
    @override
    def good(self) -> object:
        return self.example

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return ("", "*", f"{self.example}*")


@dataclass(frozen=True, kw_only=True)
class OneOfNot(Want):
    """A text that must be there and none of `refused`."""

    refused: tuple[str, ...]
    example: str

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value or value in self.refused:
            yield self.said(f"is {value or 'missing'}")

    @property
    @override
    def good(self) -> object:
        return self.example

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (*self.refused, "")


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
