"""The cost of a run is linear in the resources, and rules that don't match a resource cost nothing."""

import time

from billing_identity.policies.evaluate import PackConfig, ResourceRecord, evaluate
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule


def _resources(count):
    examples = [example for rule in rules() if isinstance(rule, ResourceRule) for example in rule.allowed]
    for index in range(count):
        example = examples[index % len(examples)]
        yield ResourceRecord(
            f"urn:pulumi:prod::t::{example.type}::r{index}", example.type, f"r{index}", example.props
        )


def _seconds(count):
    resources = list(_resources(count))
    return min(_once(resources) for _ in range(3))


def _once(resources):
    start = time.process_time()
    evaluate(resources, PackConfig())
    return time.process_time() - start


def test_two_thousand_resources_take_about_a_second():
    assert _seconds(2000) < 1.5


def test_cost_is_linear():
    small, large = _seconds(1000), _seconds(8000)
    assert large < small * 8 * 1.6


def test_resources_that_no_rule_matches_cost_next_to_nothing():
    others = [ResourceRecord(f"urn:x{i}", "random:index/x:X", f"x{i}", {"a": i}) for i in range(20_000)]
    start = time.process_time()
    evaluate(others, PackConfig())
    assert time.process_time() - start < 1.0
