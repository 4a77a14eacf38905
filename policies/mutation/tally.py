"""Runs a rule over the mutants of its allowed examples, in one stack and in layers, and counts what survives.

- *removed*: a property whose absence is not safe by the provider's default is taken away: must fail;
- *weakened*: a property gets each value that the rule declares weaker: must fail;
- *unknown*: a property is not known yet: must be undecided, and not failed;
- *in layers* (stack rules): the same mutants with every resource in a stack of its own, where the others are
  known by their ids only: no stack may pass what one stack refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from billing_identity.policies.framework.examples import example_config
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.judge import judge, judge_stack
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import (
    Example,
    ResourceRule,
    Rule,
    StackExample,
    StackRule,
    Verdict,
)
from billing_identity.policies.framework.runtime import Run
from billing_identity.policies.framework.tokens import ANY
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.policies.mutation.changing import REMOVED, declared, mutants

_URN = "urn:pulumi:prod::identity::example::example"


@dataclass(frozen=True)
class Mutant:
    """One change of one resource of one allowed example, and the verdict that it must get."""

    example: str
    kind: str
    """`removed`, `weakened` or `unknown`."""
    key: str
    """The place as the rule's `reads` name it."""
    index: int
    """Which of the example's resources is changed."""
    records: tuple[ResourceRecord, ...]
    wanted: Verdict


@dataclass
class Tally:
    """What became of a rule's mutants. Each survivor says the example, the kind of change and the place."""

    removed: int = 0
    weakened: int = 0
    unknown: int = 0
    layers: int = 0
    survivors: list[str] = field(default_factory=list[str])


def tally(rule: Rule) -> Tally:
    """All mutants of all allowed examples of a rule, judged."""
    result = Tally()
    for example in stack_examples(rule):
        for mutant in mutants_of(rule, example):
            setattr(result, mutant.kind, getattr(result, mutant.kind) + 1)
            found = verdicts(rule, mutant.records, example.settings)
            if mutant.wanted not in found or (mutant.kind == "unknown" and Verdict.FAIL in found):
                result.survivors.append(f"{mutant.example}: {mutant.key} {mutant.kind}")
            if len(mutant.records) > 1 and mutant.kind != "unknown":
                result.layers += 1
                if not _in_layers(rule, mutant, example.settings):
                    result.survivors.append(f"{mutant.example}: {mutant.key} {mutant.kind}, in layers")
    return result


def _in_layers(rule: Rule, mutant: Mutant, settings: Mapping[str, object]) -> bool:
    """Whether one of the stacks, each with one of the resources, is refused or undecided."""
    return any(verdicts(rule, [record], settings) for record in mutant.records)


def mutants_of(rule: Rule, example: StackExample) -> Iterator[Mutant]:
    """The mutants of one allowed example, in a fixed order."""
    reads = dict[str, set[str]]()
    _judge(rule, example.resources, example.settings, reads)
    weaker = rule.weaker if example.weaker is None else example.weaker
    for index, record in enumerate(example.resources):
        for path in sorted(reads.get(record.urn, ())):
            key = key_of(rule, record.type, declared(path))
            if key not in rule.tolerates:
                yield from _changed(example, "unknown", key, index, path, UNKNOWN)
            if rule.reads.get(key) == "fails":
                yield from _changed(example, "removed", key, index, path, REMOVED)
            for value in weaker.get(key, ()):
                yield from _changed(example, "weakened", key, index, path, value)


def key_of(rule: Rule, type_: str, path: str) -> str:
    """A place as the rule's declarations name it: stack rules name the type too, rules for all types none."""
    if isinstance(rule, StackRule):
        return f"{type_}: {path}"
    return ANY if ANY in getattr(rule, "types", ()) else path


def verdicts(rule: Rule, records: Sequence[ResourceRecord], settings: Mapping[str, object]) -> set[Verdict]:
    """What a rule says of resources in one stack; empty for a pass."""
    return _judge(rule, records, settings, None)


def _changed(
    example: StackExample, kind: str, key: str, index: int, path: str, value: object
) -> Iterator[Mutant]:
    record = example.resources[index]
    depended = dict(record.property_dependencies)
    if kind != "unknown":
        depended.pop(path.partition(".")[0], None)
    wanted = Verdict.UNDECIDED if kind == "unknown" else Verdict.FAIL
    for props in mutants(dict(record.effective), path, value):
        changed = replace(record, props=props, outputs={}, property_dependencies=depended)
        records = (*example.resources[:index], changed, *example.resources[index + 1 :])
        yield Mutant(example.title, kind, key, index, records, wanted)


def stack_examples(rule: Rule) -> Iterator[StackExample]:
    """The allowed examples of a rule that it judges, a resource alone as a stack of one."""
    assert isinstance(rule, ResourceRule | StackRule)  # noqa: S101 - there are no others
    for example in rule.allowed:
        if isinstance(example, StackExample):
            yield example
        elif example.type in rule.types or ANY in rule.types:
            yield StackExample(example.title, (_record(example),), example.settings, example.weaker)


def _record(example: Example) -> ResourceRecord:
    return ResourceRecord(_URN, example.type, "example", example.props)


def _judge(
    rule: Rule,
    records: Sequence[ResourceRecord],
    settings: Mapping[str, object],
    reads: dict[str, set[str]] | None,
) -> set[Verdict]:
    context = Run([rule], example_config(settings)).context(rule)
    if isinstance(rule, StackRule):
        found = judge_stack(rule, Graph(records, reads), context)
    else:
        assert isinstance(rule, ResourceRule)  # noqa: S101 - there are no others
        noted = None if reads is None else reads.setdefault(records[0].urn, set())
        found = judge(rule, records[0].view(reads=noted), context)
    return {judgement.verdict for judgement in found} - {Verdict.NOT_APPLICABLE}
