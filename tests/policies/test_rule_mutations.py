"""From each allowed example, everything that the rule reads is removed and made unknown: never a pass."""

import pytest
from rule_harness import REMOVED, declared, judge_example, judge_graph, mutants

from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule, StackRule, Verdict
from billing_identity.policies.framework.wire import UNKNOWN

RESOURCE_RULES = [rule for rule in rules() if isinstance(rule, ResourceRule)]
STACK_RULES = [rule for rule in rules() if isinstance(rule, StackRule)]


@pytest.mark.parametrize("rule", RESOURCE_RULES, ids=lambda rule: rule.id)
def test_reads_are_declared_and_none_is_dead(rule):
    read = set()
    for example in (*rule.allowed, *rule.disallowed):
        read |= judge_example(rule, example, example.props)[1]
    read = {declared(path) for path in read}
    assert read - set(rule.reads) == set(), "read but not declared in `reads`"
    if not rule.stateful:
        assert set(rule.reads) - read == set(), "declared in `reads` and never read by an example"


@pytest.mark.parametrize("rule", RESOURCE_RULES, ids=lambda rule: rule.id)
def test_unknown_is_never_a_pass(rule):
    survivors = []
    for example in rule.allowed:
        if example.type not in rule.types:
            continue
        for path in sorted(judge_example(rule, example, example.props)[1]):
            for changed in mutants(example.props, path, UNKNOWN):
                found, _ = judge_example(rule, example, changed)
                if Verdict.UNDECIDED not in found and Verdict.FAIL not in found:
                    survivors.append((example.title, path))
    assert survivors == []


@pytest.mark.parametrize("rule", RESOURCE_RULES, ids=lambda rule: rule.id)
def test_unknown_alone_is_undecided_not_failed(rule):
    for example in rule.allowed:
        for name in example.props if example.type in rule.types else ():
            found, _ = judge_example(rule, example, {**example.props, name: UNKNOWN})
            assert Verdict.FAIL not in found, (example.title, name)


@pytest.mark.parametrize("rule", RESOURCE_RULES, ids=lambda rule: rule.id)
def test_removed_property_fails_unless_the_providers_default_is_safe(rule):
    survivors = []
    for example in rule.allowed:
        if example.type not in rule.types:
            continue
        for path in sorted(judge_example(rule, example, example.props)[1]):
            if rule.reads[declared(path)] == "safe":
                continue
            results = [
                judge_example(rule, example, changed)[0] for changed in mutants(example.props, path, REMOVED)
            ]
            if results and not all(Verdict.FAIL in found for found in results):
                survivors.append((example.title, path))
    assert survivors == []


@pytest.mark.parametrize("rule", [rule for rule in RESOURCE_RULES if rule.weaker], ids=lambda rule: rule.id)
def test_a_weaker_value_fails(rule):
    survivors, tried = [], 0
    for example in rule.allowed:
        for path, values in rule.weaker.items():
            for value in values:
                for changed in mutants(example.props, path, value):
                    tried += 1
                    if Verdict.FAIL not in judge_example(rule, example, changed)[0]:
                        survivors.append((example.title, path, value))
    assert survivors == []
    assert tried


@pytest.mark.parametrize("rule", RESOURCE_RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("garbage", [{}, [], 3.5, "", "\x00", [[]], {"x": {}}, -1, None], ids=repr)
def test_garbage_never_crashes(rule, garbage):
    for example in rule.allowed:
        for path in sorted(rule.reads):
            for changed in mutants(example.props, path, garbage):
                judge_example(rule, example, changed)


@pytest.mark.parametrize("rule", STACK_RULES, ids=lambda rule: rule.id)
def test_unknown_in_a_graph_is_never_a_pass(rule):
    survivors = []
    for example in rule.allowed:
        found, reads = judge_graph(rule, example.resources, example.settings)
        assert found == set()
        for record in example.resources:
            for path in sorted(reads.get(record.urn, ())):
                key = f"{record.type}: {path}"
                for changed in mutants(dict(record.effective), path, UNKNOWN):
                    graph = [
                        _with(other, changed) if other is record else other for other in example.resources
                    ]
                    verdicts, _ = judge_graph(rule, graph, example.settings)
                    if not verdicts & {Verdict.UNDECIDED, Verdict.FAIL} and key not in rule.tolerates:
                        survivors.append((example.title, key))
    assert survivors == []


def _with(record, props):
    return ResourceRecord(
        record.urn,
        record.type,
        record.name,
        props,
        id=record.id,
        property_dependencies=record.property_dependencies,
    )


@pytest.mark.parametrize("rule", STACK_RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("garbage", [{}, [], 3.5, "", [[]], {"x": {}}, None], ids=repr)
def test_garbage_in_a_graph_never_crashes(rule, garbage):
    for example in rule.allowed:
        _, reads = judge_graph(rule, example.resources, example.settings)
        for record in example.resources:
            for path in sorted(reads.get(record.urn, ())):
                for changed in mutants(dict(record.effective), path, garbage):
                    graph = [
                        _with(other, changed) if other is record else other for other in example.resources
                    ]
                    judge_graph(rule, graph, example.settings)
