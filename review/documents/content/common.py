"""Statements that several documents make."""

from __future__ import annotations

from billing_identity.review.documents.model import Statement
from billing_identity.review.documents.writer import Writer


def kept(w: Writer, role: str) -> Statement:
    """How long an issued version is kept (164.316(b)(2)(i): from when it was last in effect)."""
    return w.say(
        "Each issued version is filed in a locked store and kept "
        f"{w.policy.retention.documents_years} years after it was last in effect, until the day that the "
        "register of documents names.",
        people=[role],
        cite=["164.316(b)(2)(i)"],
    )


def reviewed(w: Writer, role: str) -> Statement:
    """When a document is looked at again."""
    return w.say(
        "This document is reviewed every year and after each change that concerns it.",
        people=[role],
        cite=["164.316(b)(2)(iii)"],
    )
