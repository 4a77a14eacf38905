"""Narrows a rule of wants to the resources that it has something to say about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Protocol

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Missing


class Narrowing(Protocol):
    """What `requirement(only=...)` takes. `path` and `example` make the examples ones that are judged."""

    @property
    def path(self) -> str:
        """Property that decides."""
        ...

    @property
    def reason(self) -> str:
        """Why others are not judged."""
        ...

    @property
    def example(self) -> object:
        """A value for which the rule has something to say."""
        ...

    @property
    def reads(self) -> Mapping[str, Missing]:
        """Paths that it reads."""
        ...

    def holds(self, view: ResourceView, context: RuleContext) -> bool:
        """Whether the rule has something to say; the reader raises while that is unknown."""
        ...


@dataclass(frozen=True)
class Only:
    """Resources whose text at `path` is one of `values` (or begins so, with `prefix`).

    `default`: what the provider makes of a missing one. `reason`: why others are not judged.
    """

    path: str
    values: tuple[str, ...]
    reason: str
    default: str = ""
    prefix: bool = False

    @property
    def example(self) -> object:
        """A text for which the rule has something to say."""
        return self.values[0]

    @property
    def reads(self) -> Mapping[str, Missing]:
        """The path."""
        return {self.path: "safe"}

    def holds(self, view: ResourceView, context: RuleContext) -> bool:
        """Whether the rule has something to say; undecided while the text is unknown."""
        value = view.text(self.path, self.default).lower()
        return value.startswith(self.values) if self.prefix else value in self.values


@dataclass(frozen=True)
class Except:
    """All but resources whose text at `path` is one of `values`. `example` is judged."""

    path: str
    values: tuple[str, ...]
    reason: str
    example: str
    default: str = ""

    @property
    def reads(self) -> Mapping[str, Missing]:
        """The path."""
        return {self.path: "safe"}

    def holds(self, view: ResourceView, context: RuleContext) -> bool:
        """Whether the rule has something to say; undecided while the text is unknown."""
        return view.text(self.path, self.default).lower() not in self.values


@dataclass(frozen=True)
class When:
    """Resources that have something at `path`. `example`: such a thing."""

    path: str
    reason: str
    example: object = field(default_factory=dict[str, object])

    @property
    def reads(self) -> Mapping[str, Missing]:
        """The path."""
        return {self.path: "safe"}

    def holds(self, view: ResourceView, context: RuleContext) -> bool:
        """Whether the rule has something to say; undecided while it is unknown whether it is there."""
        return view.has(self.path)


@dataclass(frozen=True)
class Unless:
    """Leaves out resources whose text at `path` matches a parameter's pattern. `example` is judged."""

    path: str
    parameter: str
    example: str
    reason: str

    @property
    def reads(self) -> Mapping[str, Missing]:
        """The path."""
        return {self.path: "safe"}

    def holds(self, view: ResourceView, context: RuleContext) -> bool:
        """Whether the rule has something to say; undecided while the text is unknown."""
        value = view.text(self.path, "")
        return not any(fnmatchcase(value, pattern) for pattern in context.texts(self.parameter))
