"""Wants of lists: of texts and of blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.rule import Missing
from billing_identity.policies.framework.want import IfSet, Want, put


@dataclass(frozen=True, kw_only=True)
class Holds(Want):
    """A list of texts that must hold all of `wanted` (any text, when there are none)."""

    wanted: tuple[str, ...] = ()
    example: str = "example"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        texts = view.texts(self.path)
        if not self.wanted:
            if not texts:
                yield self.said("is empty")
            return
        for text in self.wanted:
            if not texts.contains(text):
                yield self.said(f"lacks {text}")

    @property
    @override
    def good(self) -> object:
        return list(self.wanted) or [self.example]

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return ([],)


@dataclass(frozen=True, kw_only=True)
class HoldsNone(IfSet):
    """A list of texts of which none may be refused. `refused` judges one text; missing is `default`."""

    refuses: Callable[[str], bool]
    instead: tuple[str, ...]
    examples_refused: tuple[str, ...]

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        texts = view.texts(self.path)
        bad = [text for text in texts if self.refuses(text)]
        if bad:
            yield self.said(f"holds {', '.join(bad)}")
        texts.all()

    @property
    @override
    def good(self) -> object:
        return list(self.instead)

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return tuple([*self.instead, text] for text in self.examples_refused)


@dataclass(frozen=True, kw_only=True)
class Empty(IfSet):
    """A list that must be missing or empty."""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if view.texts(self.path):
            yield self.said("is not empty")

    @property
    @override
    def good(self) -> object:
        return []

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (["example"],)


@dataclass(frozen=True, kw_only=True)
class Some(Want):
    """Blocks of which at least one must have the text `wanted` in `field`."""

    field: str
    wanted: str

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if not any(block.text(self.field, "") == self.wanted for block in view.nodes(self.path)):
            yield self.said(f"has no {self.wanted}")

    @property
    @override
    def good(self) -> object:
        return [{self.field: self.wanted}]

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return ([], [{self.field: "OTHER"}])

    @property
    @override
    def reads(self) -> Mapping[str, Missing]:
        return {self.path: "fails", f"{self.path}[*].{self.field}": "fails"}

    @property
    @override
    def mutants(self) -> tuple[tuple[str, object], ...]:
        return (*super().mutants, (f"{self.path}[*].{self.field}", "OTHER"))


@dataclass(frozen=True, kw_only=True)
class Each(Want):
    """Blocks in a list, each of which must satisfy `wants`. `needed`: at least one must be there."""

    wants: tuple[Want, ...]
    needed: bool = True
    base: Mapping[str, object] = field(default_factory=dict[str, object])
    """Other properties of the example's block."""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        blocks = view.nodes(self.path)
        if self.needed and not blocks:
            yield self.said("is missing")
        for block in blocks:
            for want in self.wants:
                for fault in want.faults(block, context):
                    yield fault.replace("`", f"`{block.at}.", 1)

    @property
    @override
    def missing(self) -> Missing:
        return "fails" if self.needed else "safe"

    @property
    @override
    def good(self) -> object:
        block: dict[str, object] = {**self.base}
        for want in self.wants:
            for path, value in want.examples:
                put(block, path, value)
        return [block]

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        if self.needed:
            return ([],)
        return ([dict[str, object]()],) if any(want.missing == "fails" for want in self.wants) else ()

    @property
    @override
    def reads(self) -> Mapping[str, Missing]:
        inside: dict[str, Missing] = {
            f"{self.path}[*].{p}": m for want in self.wants for p, m in want.reads.items()
        }
        return {self.path: self.missing, **inside}

    @property
    @override
    def mutants(self) -> tuple[tuple[str, object], ...]:
        inside = [(f"{self.path}[*].{p}", value) for want in self.wants for p, value in want.mutants]
        return (*((self.path, value) for value in self.weak), *inside)

    @property
    @override
    def neutral(self) -> Mapping[str, str]:
        inside = {f"{self.path}[*].{p}": why for want in self.wants for p, why in want.neutral.items()}
        return inside if self.weak else {self.path: "an empty list, or a block left empty, is safe", **inside}
