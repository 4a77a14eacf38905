"""Every citation in scope has a rule, a check or a stated reason, and no reason is out of date."""

from billing_identity.policies import coverage
from billing_identity.policies.framework.registry import rules
from billing_identity.review.generate import ROOT
from billing_identity.roles.checks.addressable_decisions import addressable
from billing_identity.roles.citations.registry import registry


def test_no_citation_is_left_out():
    assert coverage.unanswered() == []


def test_components_are_there_and_answer_where_no_rule_does():
    assert set(coverage.by_components()) <= set(registry())
    assert set(coverage.by_components()) & set(coverage.by_rules()) == set()
    for citation, (file, words) in coverage.by_components().items():
        assert file.startswith("components/"), citation
        assert (ROOT / file).is_file(), citation
        assert len(words) > 20, citation


def test_reasons_are_of_citations_that_nothing_answers_to():
    answered = set(coverage.by_rules()) | set(coverage.by_checks()) | set(coverage.by_components())
    assert set(coverage.unseen()) <= set(registry())
    assert set(coverage.unseen()) & answered == set()


def test_reasons_and_evidence_say_something():
    for citation, (reason, evidence) in coverage.unseen().items():
        assert reason.endswith("."), citation
        assert len(reason) > 20, citation
        assert len(evidence) > 5, citation


def test_a_citation_without_answer_would_be_found(monkeypatch):
    reasons = dict(coverage.unseen())
    del reasons["164.406"]
    monkeypatch.setattr(coverage, "unseen", lambda: reasons)
    assert coverage.unanswered() == ["164.406"]


def test_a_component_that_no_longer_answers_would_be_found(monkeypatch):
    monkeypatch.setattr(coverage, "by_components", dict)
    assert "MS.AAD.2.1v1" in coverage.unanswered()


def test_both_baselines_are_whole():
    """The numbers of controls that their publishers list."""
    counts = {"CISA SCuBA": 34, "DISA Okta": 29}
    for name, number in counts.items():
        assert sum(item.framework.startswith(name) for item in registry().values()) == number


def test_the_page_is_current():
    page = ROOT / "docs" / "policies-coverage.md"
    assert page.read_text(encoding="utf-8") == coverage.page(), "run: make generate"


def test_the_page_names_every_decision_and_every_limit():
    page = coverage.page()
    assert page.count("Decision: ") == len(addressable())
    assert all(" ".join(rule.blind_spot.split()) in page for rule in rules())
