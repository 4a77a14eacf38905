"""The same breaks in a stack a layer: what a stack can't see of the others hides no fault of its own."""

from datetime import date
from functools import cache

import pytest
from test_reference_breaks import BREAKS, COMPANIONS, ROOT, _edited, _index

from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.registry import find
from billing_identity.review.pack_settings import pack_config
from billing_identity.review.previewing import records
from billing_identity.review.stack_runs import Request, previews_of
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.stacks.program import BUILDERS
from billing_identity.stacks.settings import load_settings

DAY = date(2026, 11, 24)


@cache
def _layers():
    """Resources of each layer's stack, in order, and the pack's configuration."""
    previews = previews_of(Request(ROOT, [f"{layer}-prod" for layer in BUILDERS], DAY))
    assert [error for preview in previews for error in preview.errors] == []
    settings, _ = load_settings(ROOT, "prod")
    catalogue = load(REFERENCE).catalogue
    assert settings is not None
    assert catalogue is not None
    return [records(preview) for preview in previews], pack_config(settings, catalogue, DAY)


def _layer_of(type_, name):
    """The first layer that holds such a resource."""
    layers, config = _layers()
    for resources in layers:
        try:
            return resources, _index(resources, type_, name), config
        except StopIteration:
            continue
    pytest.fail(f"no layer has a {type_} `{name}`")


@pytest.mark.parametrize("number", range(len(BUILDERS)), ids=list(BUILDERS))
def test_a_layer_alone_has_no_finding(number):
    layers, config = _layers()
    assert [finding.message for finding in evaluate(layers[number], config).findings] == []


@pytest.mark.parametrize(("rule", "type_", "name", "edit"), BREAKS, ids=[case[0] for case in BREAKS])
def test_a_break_is_found_in_its_layer(rule, type_, name, edit):
    resources, index, config = _layer_of(type_, name)
    report = evaluate(_edited(resources, index, edit), config, [find(rule)])
    assert report.blocking


@pytest.mark.parametrize(("rule", "half"), COMPANIONS.items(), ids=COMPANIONS)
def test_half_of_a_pair_is_missed_in_its_layer(rule, half):
    layers, config = _layers()
    holding = [resources for resources in layers if any(record.type == half for record in resources)]
    if not holding:
        pytest.skip("the reference organisation has no such pair")
    for resources in holding:
        left = [record for record in resources if record.type != half]
        assert evaluate(left, config, [find(rule)]).blocking
