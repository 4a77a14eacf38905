"""Builds a stack rule of the form: whoever declares this resource also declares that one for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Missing, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.wire import UNKNOWN

LeaveOut = Callable[[Graph, ResourceView, RuleContext], bool]


def companion(
    *,
    title: str,
    severity: Severity,
    why: str,
    remedy: str,
    types: tuple[str, ...],
    by: tuple[tuple[str, str], ...],
    leave_out: LeaveOut | None = None,
    spared: StackExample | None = None,
    spared_reads: Mapping[str, Missing] | None = None,
    switched: bool = False,
    blind_spot: str = "",
) -> StackRule:
    """A rule that every resource of `types` is named by at least one other.

    `by`: types and the property in which each names it. `leave_out` tells a resource that needs none;
    `spared`: an example of one, and what `leave_out` reads in it. `switched`: both have Okta's `status`, and
    what is INACTIVE does nothing.
    """
    kind = types[0]

    def check(graph: Graph, context: RuleContext) -> Iterator[Finding]:
        named, doubts = _named(graph, types, by, switched=switched)

        def judged(resource: ResourceView) -> Iterator[Finding]:
            if switched and _inactive(resource):
                yield Finding("`status` is INACTIVE: it changes nothing", urn=resource.urn)
            elif resource.urn in named or (leave_out is not None and leave_out(graph, resource, context)):
                return
            elif doubts:
                yield Finding(doubts[0], urn=resource.urn, doubt=True)
            else:
                wanted = " or ".join(_kind(name) for name, _ in by)
                yield Finding(f"no {wanted} in this program is for it", urn=resource.urn)

        for resource in graph.of(*types):
            yield from told(judged(resource), resource.urn)

    def example(number: int = 0, value: object = "x-1") -> tuple[ResourceRecord, ...]:
        other, prop = by[number]
        return (alone, ResourceRecord(_urn(other), other, "y", {prop: value, **on}))

    on: dict[str, object] = {"status": "ACTIVE"} if switched else {}
    alone = ResourceRecord(_urn(kind), kind, "x", {"name": "x", **on}, id="x-1")
    places = [f"{other}: {prop}" for other, prop in by]
    switches = [f"{name}: status" for name in (*types, *(other for other, _ in by))] if switched else []
    return StackRule(
        title=title,
        severity=severity,
        why=why,
        remedy=remedy,
        types=types,
        checks=(check,),
        reads={**dict.fromkeys(places, "fails"), **dict.fromkeys(switches, "safe"), **(spared_reads or {})},
        weaker={**dict.fromkeys(places, ("z-9", "")), **dict.fromkeys(switches, ("INACTIVE",))},
        allowed=(
            *(StackExample(f"with its {_kind(by[number][0])}", example(number)) for number in range(len(by))),
            *(() if spared is None else (spared,)),
        ),
        disallowed=(
            StackExample("alone", (alone,)),
            StackExample("the companion is for another", example(value="z-9")),
        ),
        undecided=(StackExample("whom the companion is for is not known yet", example(value=UNKNOWN)),),
        blind_spot=blind_spot or "A companion declared in another program.",
    )


def _kind(type_: str) -> str:
    return type_.rsplit(":", 1)[1]


def _urn(type_: str) -> str:
    return f"urn:pulumi:prod::example::{type_}::x"


def _named(
    graph: Graph, types: tuple[str, ...], by: tuple[tuple[str, str], ...], *, switched: bool
) -> tuple[set[str], list[str]]:
    """URNs that companions name, and why others can't be told."""
    named: set[str] = set()
    doubts: list[str] = []
    for other, prop in by:
        for item in graph.of(other):
            try:
                if switched and _inactive(item):
                    continue
                target = graph.target(item, prop, types)
            except UndecidedError as error:
                doubts.append(error.reason)
            except MalformedError as error:
                doubts.append(error.message)
            else:
                if target is not None:
                    named.add(target.urn)
    return named, doubts


def _inactive(resource: ResourceView) -> bool:
    """Whether Okta's `status`, ACTIVE by default, switches it off."""
    return resource.text("status", "ACTIVE") != "ACTIVE"
