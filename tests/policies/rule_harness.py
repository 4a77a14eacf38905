"""Runs rules over examples and over mutants of examples; shared by the tests of all rules."""

from __future__ import annotations

from collections.abc import Sequence
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
from billing_identity.policies.mutation.changing import declared, mutants

__all__ = ["declared", "mutants"]

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


def types_of(rule: Rule) -> tuple[str, ...]:
    """Resource types that a rule judges, whatever its form."""
    assert isinstance(rule, ResourceRule | StackRule)
    return rule.types


def resource_rule(name: str) -> ResourceRule:
    """A rule that judges one resource at a time, by its id."""
    found = find(name)
    assert isinstance(found, ResourceRule)
    return found


def stack_rule(name: str) -> StackRule:
    """A rule that judges the stack as a whole, by its id."""
    found = find(name)
    assert isinstance(found, StackRule)
    return found
