"""The reference organisation's vendors, broken: agreements that end, lack a term or are missing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from reference_records import DAY, reference_records

from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.registry import find

VENDOR = "athenahealth"


@pytest.fixture(scope="module")
def reference():
    return reference_records()


def _with_baa(config, **changes):
    vendor = config.catalogue.vendors[VENDOR]
    baa = None if changes.get("baa", True) is None else vendor.baa.model_copy(update=changes)
    changed = vendor.model_copy(update={"baa": baa})
    vendors = {**config.catalogue.vendors, VENDOR: changed}
    return replace(config, catalogue=replace(config.catalogue, vendors=vendors))


def _blocking(resources, config, rule):
    return evaluate(resources, config, [find(rule)]).blocking


def test_access_to_a_vendor_whose_agreement_ended_is_refused(reference):
    resources, config = reference
    ended = _with_baa(config, expires=DAY - timedelta(days=31), grace_days=30)
    found = _blocking(resources, ended, "vendor-agreement-in-force")
    assert found
    assert all("athenaone" in finding.message for finding in found)


def test_in_the_days_of_grace_it_is_not(reference):
    resources, config = reference
    grace = _with_baa(config, expires=DAY - timedelta(days=30), grace_days=30)
    assert _blocking(resources, grace, "vendor-agreement-in-force") == ()


def test_a_missing_term_is_named(reference):
    resources, config = reference
    terms = config.catalogue.vendors[VENDOR].baa.terms.model_copy(update={"breach_reporting": False})
    (finding,) = _blocking(resources, _with_baa(config, terms=terms), "vendor-agreement-terms")
    assert "lacks the term breach reporting" in finding.message


def test_no_agreement_at_all(reference):
    resources, config = reference
    found = _blocking(resources, _with_baa(config, baa=None), "vendor-agreement-terms")
    assert any("without an agreement" in finding.message for finding in found)
