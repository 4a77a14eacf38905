"""Reviews and requests that a provider's governance runs; what it doesn't run is left to people by name.

A campaign counts for a subject where it asks the reviewer that the document names, as often as it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from billing_identity.review.documents.model import Statement
from billing_identity.review.documents.writer import Writer
from billing_identity.review.schedule import Certification
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Role
from billing_identity.stacks.bind.entra.groups import requested
from billing_identity.stacks.bind.okta.governance import requestable, reviews

CAMPAIGN = "okta:index/campaign:Campaign"
REQUEST = "okta:index/requestCondition:RequestCondition"
PACKAGE = "azuread:index/accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy"
ENDS = ("164.308(a)(3)(ii)(C)",)


@dataclass(frozen=True)
class Way:
    """How one provider is asked for a role; its resources are named `prefix` and the role's id."""

    provider: str
    kind: str
    prefix: str
    words: str
    roles: Callable[[Catalogue, date], list[str]]
    """Ids of roles with a group there that are asked for."""


WAYS = (
    Way(
        "Okta",
        REQUEST,
        "request-",
        "Okta takes the request and ends what was granted when its time is over",
        lambda catalogue, as_of: list(requestable(catalogue, as_of)),
    ),
    Way(
        "Entra",
        PACKAGE,
        "requested-roles-",
        "an access package of Entra takes the request, asks somebody else for approval and ends on its day",
        lambda catalogue, as_of: [role.id for role in requested(catalogue, as_of)],
    ),
)


def campaigned(w: Writer, items: Iterable[Certification]) -> set[str]:
    """Subjects among these, `role:payment-poster`, that a declared campaign brings to their reviewer."""
    brought = {
        (f"{'system' if review.subject == 'systems' else 'role'}:{target}", review.reviewer, review.cadence)
        for review in reviews(w.catalogue, w.as_of)
        if w.declares(CAMPAIGN, part=review.name)
        for target in review.targets
    }
    return {
        item.subject
        for item in items
        if item.kind != "user-list" and (item.subject, item.reviewer, item.cadence) in brought
    }


def request_resources(w: Writer, role: Role) -> list[str]:
    """Types through which the program declares how the role is asked for and ends."""
    return [way.kind for way in WAYS if w.declares(way.kind, part=way.prefix + role.id)]


def ends(w: Writer) -> tuple[Statement, ...]:
    """How roles that are asked for end at each provider: by itself, or by a person's hand."""
    said: list[Statement] = []
    for way in WAYS:
        roles = way.roles(w.catalogue, w.as_of)
        declared = [role for role in roles if w.declares(way.kind, part=way.prefix + role)]
        by_hand = [role for role in roles if role not in declared]
        if declared:
            text = f"{w.titles(declared)}: {way.words}."
            said.append(w.say(text, resources=[way.kind], cite=ENDS))
        if by_hand:
            text = (
                f"{w.titles(by_hand)}: the group in {way.provider} is joined on an approved ticket and left "
                "by an administrator's hand when the time is over."
            )
            said.append(w.say(text, people=[w.policy.security_officer], cite=ENDS))
    return tuple(said)


def opening(w: Writer) -> tuple[Statement, ...]:
    """How a review begins and what silence means in it."""
    reviewer = w.policy.reviews.reviewer
    cite = ["164.308(a)(4)(ii)(C)"]
    if w.declares(CAMPAIGN, holding="'noResponse': 'DENY'"):
        return (
            w.say(
                "Okta's campaigns begin on their day by themselves, let nobody review their own access and "
                "count what nobody confirms as refused.",
                resources=[f"{CAMPAIGN}@'noResponse': 'DENY'"],
                cite=cite,
            ),
            w.say(
                "What a campaign refuses and a group rule gives, Okta leaves in place: the attribute or the "
                "role is changed by hand.",
                people=[reviewer],
                cite=cite,
            ),
            w.say(
                "Access without a campaign is reviewed by hand: the owners compare the members with the "
                "roles on the same days and sign it.",
                people=[reviewer],
                cite=cite,
            ),
        )
    return (
        w.say(
            "No campaign begins by itself: the owners compare the members of each group with the roles on "
            "the days below, nobody reviews their own access, and they sign it.",
            people=[reviewer],
            cite=cite,
        ),
    )
