"""A program that reaches ePHI by its API scopes alone is a gain; data owner and privacy officer approve."""

from __future__ import annotations

from billing_identity.review.diff.model import Direction

FETCHER = "service-accounts/remittance-fetcher.yaml"
SCOPES = "scopes: [waystar.claims.write,"


def roles(report) -> set[str]:
    return {item.role for item in report.approvals}


def test_a_new_program_says_what_it_reaches(change) -> None:
    text = (change.base / FETCHER).read_text(encoding="utf-8")
    text = text.replace("title: Remittance fetcher", "title: Second fetcher")
    change.write("service-accounts/second-fetcher.yaml", text.replace("remittance-fetcher", "second-fetcher"))
    report = change.report()
    (sentence,) = [item for item in report.sentences if "Second fetcher" in item.text]
    assert sentence.direction is Direction.GAIN
    assert "reaches Waystar (ePHI, PII, financial), for 5 clients" in sentence.text
    assert {"privacy-officer", "operations-director"} <= roles(report)


def test_more_scopes_are_approved_like_more_access(change) -> None:
    change.edit("service-accounts/claims-sender.yaml", SCOPES, SCOPES + " waystar.remittances.read,")
    assert {"privacy-officer", "operations-director"} <= roles(change.report())


def test_a_program_that_goes_needs_no_privacy_officer(change) -> None:
    (change.head / FETCHER).unlink()
    report = change.report()
    (sentence,) = [item for item in report.sentences if "emittance fetcher" in item.text]
    assert sentence.direction is Direction.LOSS
    assert "privacy-officer" not in roles(report)


def test_a_new_key_is_no_wider_reach(change) -> None:
    change.edit(FETCHER, "rotated: 2026-10-12", "rotated: 2026-11-12")
    assert "privacy-officer" not in roles(change.report())
