"""The certification schedule: which access is reviewed when, by whom."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.content.governed import CAMPAIGN, campaigned, opening
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, section, table
from billing_identity.review.schedule import certifications
from billing_identity.roles.calendar import starts
from billing_identity.roles.model.vocabulary import Cadence


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    owner = w.policy.reviews.reviewer
    return Document(
        id="certification-schedule",
        title="Access Certification Schedule",
        owner=w.title(owner),
        sections=(
            _how(w),
            _calendar(w),
            _subjects(w),
            section("Upkeep", reviewed(w, owner), kept(w, owner)),
        ),
    )


def _how(w: Writer) -> Section:
    reviews = w.policy.reviews
    return section(
        "How access is certified",
        w.say(
            f"High-risk roles are certified {reviews.high_risk_roles.value}, other roles "
            f"{reviews.other_roles.value}.",
            checks=["review-cadence"],
            people=[reviews.reviewer],
            cite=["164.308(a)(4)(ii)(C)"],
        ),
        w.say(
            f"Access to systems with ePHI is certified {reviews.ephi_systems.value}, to others "
            f"{reviews.other_systems.value}.",
            checks=["review-cadence"],
            people=[reviews.reviewer],
            cite=["164.308(a)(4)(ii)(C)"],
        ),
        w.say(
            f"Vendors' people are certified {reviews.vendor_users.value}.",
            checks=["review-cadence"],
            people=[reviews.reviewer],
            cite=["164.308(a)(3)(ii)(B)"],
        ),
        w.say(
            f"A reviewer has {reviews.duration_days} days, and access that nobody confirms is removed.",
            people=[reviews.reviewer],
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        *opening(w),
        w.say(
            f"The {w.title(reviews.reviewer)} reviews where the owner can't, and the "
            f"{w.title(reviews.fallback_reviewer)} where that would be a review of oneself.",
            people=[reviews.reviewer, reviews.fallback_reviewer],
            cite=["164.308(a)(4)(ii)(B)"],
        ),
        w.say(
            "What was confirmed and what was removed is kept with the campaign's records.",
            people=[reviews.reviewer],
            cite=["164.316(b)(1)"],
        ),
    )


def _calendar(w: Writer) -> Section:
    everything = certifications(w.catalogue)
    days = sorted({day for cadence in Cadence for day in starts(cadence, w.as_of.year, w.as_of.year + 1)})
    coming = [day for day in days if day >= w.as_of][:12]
    return section(
        "The next twelve campaigns",
        table(
            ("Begins", "Roles", "Systems", "User lists of portals"),
            (
                w.row(
                    day.isoformat(),
                    *(
                        str(
                            sum(
                                item.kind == kind and day in starts(item.cadence, day.year)
                                for item in everything
                            )
                        )
                        for kind in ("role", "system", "user-list")
                    ),
                    people=[w.policy.reviews.reviewer],
                    cite=["164.308(a)(4)(ii)(C)"],
                )
                for day in coming
            ),
        ),
    )


def _subjects(w: Writer) -> Section:
    everything = certifications(w.catalogue)
    by_campaign = campaigned(w, everything)
    return section(
        "What is certified",
        table(
            ("Subject", "Kind", "How often", "Why", "Reviewer"),
            (
                w.row(
                    item.title,
                    item.kind.replace("-", " "),
                    item.cadence.value,
                    item.why,
                    w.title(item.reviewer),
                    resources=[CAMPAIGN] if item.kind != "user-list" and item.subject in by_campaign else [],
                    checks=["review-cadence"] if item.kind != "role" else [],
                    people=[item.reviewer],
                    cite=["164.308(a)(4)(ii)(C)"],
                )
                for item in everything
            ),
        ),
    )
