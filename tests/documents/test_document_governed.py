"""What documents say of reviews and requests rests on declared campaigns, conditions and packages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from billing_identity.review.documents.content import access_control, certification
from billing_identity.review.documents.content.governed import CAMPAIGN, PACKAGE, REQUEST
from billing_identity.review.documents.issuing import version
from billing_identity.review.documents.model import Document, Row, Statement
from billing_identity.review.documents.writer import Grounds, Writer

BUILDERS = {"access": access_control.build, "certification": certification.build}


def document(grounds: Grounds, which: str, *missing: str) -> Document:
    left = {kind: named for kind, named in grounds.resources.items() if kind not in missing}
    return BUILDERS[which](Writer(replace(grounds, resources=left)))


def enforced(built: Document, kind: str) -> list[str]:
    return [
        item.text if isinstance(item, Statement) else item.cells[0]
        for item in built.items()
        if kind in {basis.id for basis in item.bases if basis.kind == "resource"}
    ]


@pytest.mark.parametrize(
    ("which", "kind"), [("access", REQUEST), ("access", PACKAGE), ("certification", CAMPAIGN)]
)
def test_a_document_changes_with_what_a_licence_takes_away(grounds: Grounds, which: str, kind: str) -> None:
    whole, without = document(grounds, which), document(grounds, which, kind)
    assert enforced(whole, kind) and not enforced(without, kind)
    assert version(whole, "Company", "prod") != version(without, "Company", "prod")


def test_roles_that_no_request_gives_are_left_to_a_person(grounds: Grounds) -> None:
    def by_hand(built: Document) -> str:
        ((text, kinds),) = (
            (item.text, {basis.kind for basis in item.bases})
            for item in built.items()
            if isinstance(item, Statement) and "the group in Okta is joined on" in item.text
        )
        assert kinds == {"person"}
        return text

    assert "Identity Administrator" in by_hand(document(grounds, "access"))
    assert "Key Administrator" not in by_hand(document(grounds, "access"))
    assert "Key Administrator" in by_hand(document(grounds, "access", REQUEST))


def test_a_campaign_counts_for_the_reviewer_and_cadence_that_the_row_names(grounds: Grounds) -> None:
    rows = enforced(document(grounds, "certification"), CAMPAIGN)
    assert "Payment Poster" in rows and "Vendor Support" in rows
    assert "Tebra" not in rows, "its campaign asks the system's owner, the row names its data owner"
    kept = {name: text for name, text in grounds.resources[CAMPAIGN].items() if "review-vendors" not in name}
    some = replace(grounds, resources={**grounds.resources, CAMPAIGN: kept})
    assert "Vendor Support" not in enforced(certification.build(Writer(some)), CAMPAIGN)
    assert "Payment Poster" in enforced(certification.build(Writer(some)), CAMPAIGN)


def test_without_campaigns_no_sentence_says_that_one_begins_by_itself(grounds: Grounds) -> None:
    said = [
        item.text
        for item in document(grounds, "certification", CAMPAIGN).items()
        if not isinstance(item, Row) and "by itself" in item.text
    ]
    assert len(said) == 1 and said[0].startswith("No campaign begins by itself")
