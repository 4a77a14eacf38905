"""The page on the guide's sections: every sentence has a row, and every reference leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing_identity.policies.framework.registry import rule_ids
from billing_identity.review.documents.catalogue_documents import documents
from billing_identity.review.documents.guide import SECTIONS, page
from billing_identity.review.documents.writer import Grounds
from billing_identity.roles.checks import check_codes
from billing_identity.roles.model.access_policy import AccessPolicy
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.incident import Incident, IncidentPlan
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.system import System
from billing_identity.roles.model.training import TrainingModule
from billing_identity.roles.model.vendor import Vendor

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide-training-vendors-incidents.md"
SENTENCES = {"T": 10, "V": 11, "I": 13, "Q": 4}
"""Sentences and list items of the guide, section by section, headings left out.

Training: 2 of introduction, 5 of curriculum, 3 of cadence. Vendors: 2, 3 of agreements, 3 of diligence, 3 of
oversight. Incidents: 2, 5 phases, 3 playbooks, 3 of breach. Questions: 2 on vendors, 2 on training.
"""
ENTITIES = {
    "access-policy": AccessPolicy,
    "client": Client,
    "incident": Incident,
    "incident-plan": IncidentPlan,
    "role": Role,
    "system": System,
    "training": TrainingModule,
    "vendor": Vendor,
}


@pytest.mark.parametrize("letter", SENTENCES)
def test_every_sentence_has_a_row(letter: str) -> None:
    rows = next(rows for found, _, rows in SECTIONS if found == letter)
    assert len(rows) == SENTENCES[letter]
    assert all(row.by and row.rest for row in rows)
    assert len({row.topic for row in rows}) == len(rows)


def test_every_reference_leads_somewhere(grounds: Grounds) -> None:
    issued = {document.id for document in documents(grounds)}
    for _, _, rows in SECTIONS:
        for reference in (item for row in rows for item in row.by):
            kind, _, name = reference.partition(":")
            if kind == "field":
                entity, _, field = name.partition(".")
                assert field in ENTITIES[entity].model_fields, reference
            else:
                assert name in {"check": check_codes(), "rule": rule_ids(), "document": issued}[kind], (
                    reference
                )


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
