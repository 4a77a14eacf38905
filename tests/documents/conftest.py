"""One preview of the reference organisation for all tests of documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from billing_identity.review import previewing
from billing_identity.review.documents.issuing import grounds_of
from billing_identity.review.documents.writer import Grounds

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def grounds() -> Grounds:
    request = previewing.Request(root=ROOT, stacks=["all-prod"], as_of=date(2026, 11, 24))
    return grounds_of(previewing.run(request))
