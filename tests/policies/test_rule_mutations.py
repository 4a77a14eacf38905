"""From each allowed example, what the rule reads is removed, weakened and made unknown: never a pass."""

import pytest
from rule_harness import declared, judge_example, judge_graph, mutants

from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule, StackRule
from billing_identity.policies.framework.tokens import ANY
from billing_identity.policies.mutation.page import FILE, page, row
from billing_identity.policies.mutation.tally import key_of, mutants_of, stack_examples, tally

RESOURCE_RULES = [rule for rule in rules() if isinstance(rule, ResourceRule)]
STACK_RULES = [rule for rule in rules() if isinstance(rule, StackRule)]


def _read(rule):
    """Places that the rule reads in its examples, as `reads` names them."""
    found = set()
    if isinstance(rule, StackRule):
        for example in (*rule.allowed, *rule.disallowed, *rule.undecided):
            _, reads = judge_graph(rule, example.resources, example.settings)
            types = {record.urn: record.type for record in example.resources}
            found |= {key_of(rule, types[urn], declared(path)) for urn in reads for path in reads[urn]}
    else:
        for example in (*rule.allowed, *rule.disallowed):
            paths = judge_example(rule, example, example.props)[1]
            found |= {key_of(rule, example.type, declared(path)) for path in paths}
    return found


def _weakened(rule):
    """Places for which the rule, or one of its allowed examples, declares weaker values."""
    return rule.weaker.keys() | {place for example in rule.allowed for place in example.weaker or {}}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_reads_are_declared_and_none_is_dead(rule):
    read = _read(rule)
    assert read - set(rule.reads) == set(), "read but not declared in `reads`"
    if not getattr(rule, "stateful", False):
        assert set(rule.reads) - read == set(), "declared in `reads` and never read by an example"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_place_has_weaker_values_or_says_why_not(rule):
    assert set(rule.reads) - _weakened(rule) - rule.neutral.keys() == set()
    assert (rule.neutral.keys() | rule.tolerates.keys() | _weakened(rule)) - set(rule.reads) == set()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_place_is_really_weakened(rule):
    tried = {
        mutant.key
        for example in stack_examples(rule)
        for mutant in mutants_of(rule, example)
        if mutant.kind == "weakened"
    }
    if not getattr(rule, "stateful", False):
        assert _weakened(rule) - tried == set()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_no_mutant_passes(rule):
    assert tally(rule).survivors == []


def test_the_page_of_mutants_is_up_to_date():
    assert page() == FILE.read_text(encoding="utf-8"), "make generate"


def test_a_rule_that_lets_a_mutant_pass_is_told():
    """A rule without its check: all of its removed and weakened mutants survive, and the page says so."""
    from dataclasses import replace

    rule = next(rule for rule in RESOURCE_RULES if rule.id == "aws-s3-versioned")
    blind = tally(replace(rule, checks=()))
    # it reads nothing, so it has no mutants; one that reads and says nothing has
    assert blind.removed == blind.weakened == blind.unknown == 0

    def silent(resource, _):
        resource.text("versioningConfiguration.status", "")
        yield from ()

    broken = tally(replace(rule, checks=(silent,)))
    assert len(broken.survivors) == broken.removed + broken.weakened > 0
    assert f"**{len(broken.survivors)}**" in row(rule.id, broken)


@pytest.mark.parametrize("rule", RESOURCE_RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("garbage", [{}, [], 3.5, "", "\x00", [[]], {"x": {}}, -1, None], ids=repr)
def test_garbage_never_crashes(rule, garbage):
    for example in rule.allowed:
        for path in sorted(set(rule.reads) - {ANY}):
            for changed in mutants(example.props, path, garbage):
                judge_example(rule, example, changed)


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
