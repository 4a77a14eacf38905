"""Every question to every document."""

from __future__ import annotations

import exchange_questions
from bucket_questions import buckets
from document_questions import issued_documents
from key_questions import keys
from limit_questions import limits, sets
from questions import Question
from resource_questions import resources
from role_questions import roles
from trust_questions import trusts

PARTS = (keys, buckets, resources, trusts, roles, sets, limits, issued_documents, *exchange_questions.PARTS)


def questions() -> list[Question]:
    """Every question, with its answer."""
    return [Question(about, *row) for part in PARTS for about, rows in part() for row in rows]
