"""Runs rules over examples and over mutants of examples; shared by the tests of all rules."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from billing_identity.policies.evaluate import Report, evaluate
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import example_config
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.judge import judge, judge_stack
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import find
from billing_identity.policies.framework.rule import (
    Example,
    ResourceRule,
    Rule,
    StackExample,
    StackRule,
    Verdict,
)
from billing_identity.policies.framework.runtime import Run

URN = "urn:pulumi:prod::identity::example::example"


def records(example: Example | StackExample) -> Sequence[ResourceRecord]:
    """An example as resources."""
    if isinstance(example, StackExample):
        return example.resources
    return [ResourceRecord(URN, example.type, "example", example.props)]


def report(rule: Rule, example: Example | StackExample) -> Report:
    """Evaluates one rule over one example, by the real policy objects."""
    return evaluate(records(example), example_config(example.settings), [rule])


def verdicts(found: Report) -> set[Verdict]:
    """Verdicts of the findings; empty for a pass."""
    return {finding.verdict for finding in found.findings}


def context(rule: Rule, settings: Any) -> RuleContext:
    """A fresh context for a rule."""
    return Run([rule], example_config(settings)).context(rule)


def judge_example(rule: ResourceRule, example: Example, props: Any) -> tuple[set[Verdict], set[str]]:
    """Verdicts for the example with other properties, and the paths that were read."""
    reads: set[str] = set()
    view = ResourceRecord(URN, example.type, "example", props).view(reads=reads)
    found = judge(rule, view, context(rule, example.settings))
    return {judgement.verdict for judgement in found}, reads


def judge_graph(
    rule: StackRule, resources: Sequence[ResourceRecord], settings: Any
) -> tuple[set[Verdict], dict[str, set[str]]]:
    """Verdicts of a stack rule for a graph, and the paths that were read, by URN."""
    reads: dict[str, set[str]] = {}
    found = judge_stack(rule, Graph(resources, reads), context(rule, settings))
    return {judgement.verdict for judgement in found}, reads


_STEP = re.compile(r"\[(\d+|\*)\]|(#)|([^.\[#]+)")
REMOVED = object()


def mutants(props: Any, path: str, value: Any) -> Iterator[Any]:
    """Copies of `props` with one place of `path` set to `value` (or removed). `#` enters JSON text."""
    steps = [
        (int(index) if index.isdigit() else "[*]") if index else mark or name
        for index, mark, name in _STEP.findall(path)
    ]
    for place in _places(props, steps, (), present=value is REMOVED):
        changed = _changed(props, place, value)
        if changed != props:
            yield changed


def declared(path: str) -> str:
    """A path as `reads` declares it: without the places in lists."""
    return re.sub(r"\[\d+\]", "[*]", path)


def _places(
    node: Any, steps: list[Any], prefix: tuple[Any, ...], *, present: bool
) -> Iterator[tuple[Any, ...]]:
    if not steps:
        yield prefix
        return
    step, rest = steps[0], steps[1:]
    if step == "#":
        if isinstance(node, str):
            try:
                document = json.loads(node)
            except ValueError:
                return
            yield from _places(document, rest, (*prefix, "#"), present=present)
    elif step == "[*]" or isinstance(step, int):
        if isinstance(node, list):
            for index, item in enumerate(node):
                if step in ("[*]", index):
                    yield from _places(item, rest, (*prefix, index), present=present)
        else:
            yield from _places(node, rest, prefix, present=present)
    elif isinstance(node, dict):
        if step in node:
            yield from _places(node[step], rest, (*prefix, step), present=present)
        elif not rest and not present:
            yield (*prefix, step)


def _changed(node: Any, place: tuple[Any, ...], value: Any) -> Any:
    step, rest = place[0], place[1:]
    if step == "#":
        return json.dumps(_changed(json.loads(node), rest, value))
    changed = copy.copy(node)
    if rest:
        changed[step] = _changed(node[step], rest, value)
    elif value is REMOVED:
        if isinstance(changed, dict):
            changed.pop(step, None)
        else:
            del changed[step]
    else:
        changed[step] = value
    return changed


def types_of(rule: Rule) -> tuple[str, ...]:
    """Resource types that a rule judges, whatever its form."""
    assert isinstance(rule, ResourceRule | StackRule)
    return rule.types


def resource_rule(name: str) -> ResourceRule:
    """A rule that judges one resource at a time, by its id."""
    found = find(name)
    assert isinstance(found, ResourceRule)
    return found
