"""A want: what a rule demands of a property, and what it takes for good and for weaker.

From the same statement come the check, the paths that it reads, the examples and the mutants of the tests.
Paths are wire names joined by dots; a list of one block counts as the block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.rule import Missing, Plain


@dataclass(frozen=True, kw_only=True)
class Want:
    """A demand on one property. `else_`: what a violation means, for the message."""

    path: str
    else_: str = ""
    certain: Plain | None = None
    """The one right value, where there is one: what the level `remediate` sets instead of a wrong one."""

    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        """One text a fault. The reader raises for what is unknown or malformed."""
        raise NotImplementedError

    @property
    def good(self) -> object:
        """A value that satisfies it."""
        raise NotImplementedError

    @property
    def weak(self) -> tuple[object, ...]:
        """Values that must fail."""
        raise NotImplementedError

    @property
    def missing(self) -> Missing:
        """Whether the provider's default satisfies it."""
        return "fails"

    @property
    def reads(self) -> Mapping[str, Missing]:
        """Paths read, with what their absence means."""
        return {self.path: self.missing}

    @property
    def examples(self) -> tuple[tuple[str, object], ...]:
        """Paths and values of a resource that satisfies it."""
        return ((self.path, self.good),)

    @property
    def neutral(self) -> Mapping[str, str]:
        """Paths read for which no value is weaker, each with why."""
        return {}

    @property
    def mutants(self) -> tuple[tuple[str, object], ...]:
        """Paths and weaker values, each of which must fail alone."""
        return tuple((self.path, value) for value in self.weak)

    def said(self, fault: str) -> str:
        """The fault with what it means."""
        return f"`{self.path}` {fault}" + (f": {self.else_}" if self.else_ else "")


@dataclass(frozen=True, kw_only=True)
class Exampled(Want):
    """A want whose satisfying value is told by whoever uses it."""

    example: object

    @property
    def good(self) -> object:
        """The example."""
        return self.example


@dataclass(frozen=True, kw_only=True)
class IfSet(Want):
    """A want that a missing property satisfies."""

    @property
    def missing(self) -> Missing:
        """Safe: what is not there can't be wrong."""
        return "safe"


def put(props: dict[str, object], path: str, value: object) -> None:
    """Sets a value by path, in place, making blocks on the way; `[*]` is the first element of a list."""
    head, _, rest = path.partition(".")
    listed = head.endswith("[*]")
    head = head.removesuffix("[*]")
    if not rest:
        if value is None:
            props.pop(head, None)
        else:
            props[head] = value
        return
    found = props.get(head)
    if listed:
        items: list[object] = list(found) if isinstance(found, list) else [{}]  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType]
        block = dict(items[0]) if isinstance(items[0], dict) else dict[str, object]()  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType]
        put(block, rest, value)  # pyright: ignore[reportUnknownArgumentType]
        props[head] = [block, *items[1:]]
        return
    block = dict(found) if isinstance(found, dict) else dict[str, object]()  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType]
    put(block, rest, value)  # pyright: ignore[reportUnknownArgumentType]
    props[head] = block
