"""Builds a resource rule of wants: checks, paths, examples and mutants from one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.narrowing import Narrowing
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Correct,
    Example,
    Finding,
    Missing,
    NotApplicableError,
    Plain,
    ResourceCheck,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.want import Want, put


def days(default: int, description: str, low: int = 1, high: int = 3653) -> Mapping[str, object]:
    """Schema of a parameter that is a number."""
    return {
        "type": "number",
        "minimum": low,
        "maximum": high,
        "default": default,
        "description": description,
    }


def names(default: Sequence[str], description: str) -> Mapping[str, object]:
    """Schema of a parameter that is a list of texts."""
    return {
        "type": "array",
        "items": {"type": "string"},
        "default": list(default),
        "description": description,
    }


def requirement(
    *,
    title: str,
    severity: Severity,
    why: str,
    remedy: str,
    types: tuple[str, ...],
    wants: tuple[Want, ...],
    only: Narrowing | None = None,
    base: Mapping[str, object] | None = None,
    parameters: Mapping[str, Mapping[str, object]] | None = None,
    blind_spot: str = "",
    more_allowed: tuple[Example, ...] = (),
    more_refused: tuple[Example, ...] = (),
) -> ResourceRule:
    """A rule that holds when every want does. `base`: other properties of the example, engine-shaped."""
    reads: dict[str, Missing] = {path: missing for want in wants for path, missing in want.reads.items()}
    start: dict[str, object] = {"__defaults": [], **(base or {})}
    if only is not None:
        reads.update(only.reads)
        put(start, only.path, only.example)
    neutral = {path: reason for want in wants for path, reason in want.neutral.items()}
    if only is not None:
        neutral.update(dict.fromkeys(only.reads, f"it decides what is judged: {only.reason}"))
    return ResourceRule(
        title=title,
        severity=severity,
        why=why,
        remedy=remedy,
        parameters=parameters or {},
        types=types,
        checks=tuple(_check(want, only) for want in wants),
        corrects=tuple(_correct(want, only) for want in wants if want.certain is not None),
        reads=reads,
        allowed=(*_allowed(types, wants, start), *more_allowed),
        disallowed=(*_refused(types[0], wants, start), *more_refused),
        weaker=dict(_weaker(wants)),
        neutral=neutral,
        blind_spot=blind_spot,
    )


def _check(want: Want, only: Narrowing | None) -> ResourceCheck:
    def check(resource: ResourceView, context: RuleContext) -> Iterator[Finding]:
        if only is not None and not only.holds(resource, context):
            raise NotApplicableError(only.reason)
        for fault in want.faults(resource, context):
            yield Finding(fault)

    return check


def _correct(want: Want, only: Narrowing | None) -> Correct:
    def correct(resource: ResourceView, context: RuleContext) -> Mapping[str, Plain]:
        if only is not None and not only.holds(resource, context):
            return {}
        if want.certain is None or not any(want.faults(resource, context)):
            return {}
        return {want.path: want.certain}

    return correct


def _good(wants: Sequence[Want], start: Mapping[str, object]) -> dict[str, object]:
    props = dict(start)
    for want in wants:
        for path, value in want.examples:
            put(props, path, value)
    return props


def _allowed(types: Sequence[str], wants: Sequence[Want], start: Mapping[str, object]) -> Iterator[Example]:
    for type_ in types:
        yield Example(f"{_kind(type_, types)}: all declared", type_, _good(wants, start))
    said = [want for want in wants if want.missing == "fails"]
    if len(said) < len(wants):
        yield Example("what the provider does by default left out", types[0], _good(said, start))


def _kind(type_: str, types: Sequence[str]) -> str:
    """A type's short name, or the whole token where another has the same short name."""
    short = type_.rsplit(":", 1)[1]
    return short if sum(other.endswith(f":{short}") for other in types) == 1 else type_


def _refused(type_: str, wants: Sequence[Want], start: Mapping[str, object]) -> Iterator[Example]:
    for want in wants:
        for number, (path, value) in enumerate(want.mutants, 1):
            if "#" in path:
                continue  # inside a document: see the mutants
            props = _good(wants, start)
            put(props, path, value)
            shown = repr(value) if len(repr(value)) <= 60 else f"weaker, form {number}"
            yield Example(f"{path} is {shown}", type_, props)
        for path, missing in want.reads.items():
            if missing == "fails" and "#" not in path:
                props = _good(wants, start)
                put(props, path, None)
                yield Example(f"{path} left out", type_, props)


def _weaker(wants: Sequence[Want]) -> Iterator[tuple[str, tuple[object, ...]]]:
    for want in wants:
        paths = dict.fromkeys(path for path, _ in want.mutants)
        for path in paths:
            yield path, tuple(value for other, value in want.mutants if other == path)


def forbidden(
    *,
    title: str,
    severity: Severity,
    why: str,
    remedy: str,
    types: tuple[str, ...],
    blind_spot: str = "",
    spares: Callable[[ResourceView, RuleContext], bool] | None = None,
) -> ResourceRule:
    """A rule that refuses kinds of resource outright, but for those that `spares` lets be; an exception says
    why another one must be.
    """

    def refuse(resource: ResourceView, context: RuleContext) -> Iterator[Finding]:
        if spares is not None and spares(resource, context):
            return
        yield Finding(f"a {resource.type.rsplit(':', 1)[1]} is declared")

    return ResourceRule(
        title=title,
        severity=severity,
        why=why,
        remedy=remedy,
        types=types,
        checks=(refuse,),
        reads={},
        allowed=(Example("another kind of resource", "random:index/randomId:RandomId", {"byteLength": 8.0}),),
        disallowed=tuple(
            Example(f"{_kind(type_, types)} declared", type_, {"__defaults": []}) for type_ in types
        ),
        blind_spot=blind_spot,
    )
