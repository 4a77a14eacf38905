"""Who certifies access: the same role in the campaign that is declared and in the schedule that is issued."""

from __future__ import annotations

from billing_identity.roles.model.catalogue import Catalogue


def reviewer_of(catalogue: Catalogue, owner: str, reviewed: str) -> str:
    """The owner; for a role that owns itself the policy's reviewer, then its deputy."""
    reviews = catalogue.access_policy.reviews
    for candidate in (owner, str(reviews.reviewer), str(reviews.fallback_reviewer)):
        if candidate != reviewed:
            return candidate
    return str(reviews.fallback_reviewer)
