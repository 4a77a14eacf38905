"""Builds a stack rule of the form: whoever declares this resource also declares that one for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.wire import UNKNOWN

LeaveOut = Callable[[Graph, ResourceView], bool]


def companion(
    *,
    title: str,
    severity: Severity,
    why: str,
    remedy: str,
    types: tuple[str, ...],
    by: tuple[tuple[str, str], ...],
    leave_out: LeaveOut | None = None,
    props: Mapping[str, object] | None = None,
    blind_spot: str = "",
) -> StackRule:
    """A rule that every resource of `types` is named by at least one other.

    `by`: types and the property in which each names it. `leave_out` tells a resource that needs none;
    `props`: further properties of the example.
    """
    kind, (other, prop) = types[0], by[0]

    def check(graph: Graph, _: RuleContext) -> Iterator[Finding]:
        named, doubts = _named(graph, types, by)
        for resource in graph.of(*types):
            try:
                if resource.urn in named or (leave_out is not None and leave_out(graph, resource)):
                    continue
            except UndecidedError as error:
                yield Finding(error.reason, urn=resource.urn, doubt=True)
                continue
            except MalformedError as error:
                yield Finding(error.message, urn=resource.urn)
                continue
            if doubts:
                yield Finding(doubts[0], urn=resource.urn, doubt=True)
            else:
                wanted = " or ".join(name.rsplit(":", 1)[1] for name, _ in by)
                yield Finding(f"no {wanted} in this program is for it", urn=resource.urn)

    def example(value: object = "x-1", *, alone: bool = False) -> tuple[ResourceRecord, ...]:
        first = ResourceRecord(_urn(kind), kind, "x", {"name": "x", **(props or {})}, id="x-1")
        return (first,) if alone else (first, ResourceRecord(_urn(other), other, "y", {prop: value}))

    return StackRule(
        title=title,
        severity=severity,
        why=why,
        remedy=remedy,
        types=types,
        checks=(check,),
        allowed=(StackExample("with its companion", example()),),
        disallowed=(
            StackExample("alone", example(alone=True)),
            StackExample("the companion is for another", example("z-9")),
        ),
        undecided=(StackExample("whom the companion is for is not known yet", example(UNKNOWN)),),
        blind_spot=blind_spot or "A companion declared in another program.",
    )


def _urn(type_: str) -> str:
    return f"urn:pulumi:prod::example::{type_}::x"


def _named(
    graph: Graph, types: tuple[str, ...], by: tuple[tuple[str, str], ...]
) -> tuple[set[str], list[str]]:
    """URNs that companions name, and why others can't be told."""
    named: set[str] = set()
    doubts: list[str] = []
    for other, prop in by:
        for item in graph.of(other):
            try:
                target = graph.target(item, prop, types)
            except UndecidedError as error:
                doubts.append(error.reason)
            except MalformedError as error:
                doubts.append(error.message)
            else:
                if target is not None:
                    named.add(target.urn)
    return named, doubts
