"""Each rule's own examples get the verdict that they are examples of."""

import pytest
from rule_harness import records, report, verdicts

from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule, StackRule, Verdict


def _cases(kind):
    return [
        pytest.param(rule, example, id=f"{rule.id}: {example.title}")
        for rule in rules()
        for example in getattr(rule, kind, ())
    ]


@pytest.mark.parametrize(("rule", "example"), _cases("allowed"))
def test_allowed_example_has_no_finding(rule, example):
    found = report(rule, example)
    assert [finding.message for finding in found.findings] == []
    assert found.counts[rule.id].passed >= 1 or not _matches(rule, example)


def _matches(rule, example):
    return any(record.type in rule.types for record in records(example))


@pytest.mark.parametrize(("rule", "example"), _cases("disallowed"))
def test_disallowed_example_blocks_and_says_everything(rule, example):
    found = report(rule, example)
    assert Verdict.FAIL in verdicts(found)
    for finding in found.blocking:
        assert finding.rule == rule.id
        assert rule.remedy in finding.message
        assert all(citation in finding.message for citation in finding.citations)


@pytest.mark.parametrize(("rule", "example"), _cases("undecided"))
def test_unknown_example_is_undecided_and_says_why(rule, example):
    found = report(rule, example)
    assert verdicts(found) == {Verdict.UNDECIDED}
    assert found.blocking == ()
    assert all("undecided: " in finding.message for finding in found.undecided)


@pytest.mark.parametrize(("rule", "example"), _cases("sequences"))
def test_last_resource_of_a_sequence_fails_and_the_others_pass(rule, example):
    found = report(rule, example)
    assert [finding.urn for finding in found.findings] == [example.resources[-1].urn]
    assert found.counts[rule.id].passed == len(example.resources) - 1


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_other_types_are_not_judged(rule):
    from billing_identity.policies.evaluate import PackConfig, ResourceRecord, evaluate

    found = evaluate([ResourceRecord("urn:x", "random:index/x:X", "x", {"a": 1})], PackConfig(), [rule])
    assert found.findings == ()
    if isinstance(rule, StackRule):
        assert [reason for _, reason in found.not_applicable]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_rule_that_needs_a_catalogue_says_so_without_one(rule):
    if not rule.needs_catalogue:
        return
    example = rule.disallowed[0]
    settings = {key: value for key, value in example.settings.items() if key != "catalogue"}
    found = report(rule, type(example)(**{**example.__dict__, "settings": settings}))
    assert found.findings == ()
    assert found.not_applicable == ((rule.id, "needs a catalogue, and the pack's settings name none"),)
    assert rule.id in " ".join(found.notes)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_metadata_is_complete(rule):
    assert 10 <= len(rule.title) <= 100
    assert not rule.title.endswith(".")
    assert len(rule.why) >= 30
    assert len(rule.remedy) >= 15
    assert len(rule.types) == len(set(rule.types))
    for name, schema in rule.parameters.items():
        assert schema["default"] is not None, name
        assert len(str(schema["description"])) >= 20, name
    if isinstance(rule, ResourceRule):
        examples = [example.title for example in (*rule.allowed, *rule.disallowed)]
    else:
        examples = [example.title for example in (*rule.allowed, *rule.disallowed, *rule.undecided)]
    assert len(examples) == len(set(examples))
