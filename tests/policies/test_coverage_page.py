"""Every citation in scope has a rule, a check or a stated reason, and no reason is out of date."""

from billing_identity.policies import coverage
from billing_identity.policies.framework.registry import rules
from billing_identity.review.generate import ROOT
from billing_identity.roles.checks.addressable_decisions import addressable
from billing_identity.roles.citations.registry import registry


def test_no_citation_is_left_out():
    assert coverage.unanswered() == []


def test_reasons_are_of_citations_that_nothing_answers_to():
    answered = set(coverage.by_rules()) | set(coverage.by_checks())
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


def test_the_page_is_current():
    page = ROOT / "docs" / "policies-coverage.md"
    assert page.read_text(encoding="utf-8") == coverage.page(), "run: make generate"


def test_the_page_names_every_decision_and_every_limit():
    page = coverage.page()
    assert page.count("Decision: ") == len(addressable())
    assert all(" ".join(rule.blind_spot.split()) in page for rule in rules())
