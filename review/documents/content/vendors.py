"""The vendor management policy: agreements, due diligence, oversight."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, hours, section, table
from billing_identity.roles.checks.baa_term import NOTICE_DAYS
from billing_identity.roles.model.vendor import BaaTerms, Vendor

TERMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "permitted_uses": ("Permitted uses and disclosures", ("164.504(e)(2)(i)",)),
    "safeguards": ("Safeguards of the Security Rule", ("164.504(e)(2)(ii)(B)", "164.314(a)(2)(i)(A)")),
    "breach_reporting": ("Reporting of breaches without delay", ("164.504(e)(2)(ii)(C)", "164.410(b)")),
    "subcontractor_flow_down": ("The same duties for subcontractors", ("164.504(e)(2)(ii)(D)",)),
    "return_or_destruction": ("Return or destruction at the end", ("164.504(e)(2)(ii)(J)",)),
    "audit_rights": ("Our right to audit", ("164.504(e)(1)(ii)",)),
    "encryption_expected": ("Encryption", ("164.312(a)(2)(iv)",)),
    "mfa_expected": ("A second factor for its staff", ("164.312(d)",)),
    "investigation_cooperation": ("Cooperation in investigations", ("164.308(a)(6)(ii)",)),
    "notice_of_control_changes": ("Notice of material changes to controls", ("164.308(a)(8)",)),
    "notice_of_leadership_changes": ("Notice of changes in leadership that affect risk", ("164.308(a)(8)",)),
    "books_open_to_secretary": ("Books open to the Secretary", ("164.504(e)(2)(ii)(I)",)),
}
"""Each term that an agreement must hold: how it reads, and where the demand comes from."""


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    owner = w.policy.privacy_officer
    return Document(
        id="vendor-management-policy",
        title="Vendor Management Policy",
        owner=w.title(owner),
        sections=(
            _agreements(w),
            _diligence(w),
            _flows(w),
            _oversight(w),
            _ending(w),
            section("Upkeep", reviewed(w, owner), kept(w, owner)),
        ),
    )


def _vendors(w: Writer) -> list[Vendor]:
    return list(w.catalogue.vendors.values())


def _agreements(w: Writer) -> Section:
    missing = set(BaaTerms.model_fields) - set(TERMS)
    if missing:
        raise LookupError(f"terms without a text: {', '.join(sorted(missing))}")
    return section(
        "Business associate agreements",
        w.say(
            "No vendor touches ePHI before its agreement is signed.",
            checks=["business-associate", "baa-term"],
            people=[w.policy.privacy_officer],
            cite=["164.308(b)(1)", "164.502(e)(1)(ii)"],
        ),
        w.say(
            "A lapsed agreement takes the vendor's applications away after its days of grace.",
            checks=["baa-term", "baa-new-access", "baa-lapsed-flow"],
            cite=["164.308(b)(3)"],
        ),
        w.say(
            f"The end of an agreement is announced {NOTICE_DAYS} days ahead, and the agreement is "
            "reaffirmed on renewal.",
            checks=["baa-expiring"],
            people=[w.policy.privacy_officer],
            cite=["164.308(b)(3)"],
        ),
        table(
            ("Term that every agreement holds",),
            (w.row(text, checks=["baa-terms"], people=[w.policy.privacy_officer], cite=cite)
             for text, cite in TERMS.values()),
        ),
        table(
            ("Vendor", "Signed", "Reaffirmed", "Ends", "Must report a breach within", "Kept in"),
            (
                w.row(
                    vendor.title,
                    baa.signed.isoformat(),
                    baa.reaffirmed.isoformat() if baa.reaffirmed else "",
                    baa.expires.isoformat(),
                    hours(baa.breach_notice_hours),
                    baa.reference,
                    checks=["baa-term", "baa-terms", "breach-clock"],
                    people=[vendor.owner],
                )
                for vendor in _vendors(w)
                if (baa := vendor.baa) is not None
            ),
        ),
    )  # fmt: skip


def _diligence(w: Writer) -> Section:
    return section(
        "Due diligence",
        w.say(
            "Encryption, access, handling of weaknesses and readiness for incidents are assessed before the "
            "first contract and every year.",
            checks=["due-diligence"],
            people=[w.policy.security_officer],
            cite=["164.308(b)(1)", "164.308(a)(8)"],
        ),
        w.say(
            "A business associate shows a current independent report.",
            checks=["due-diligence"],
            people=[w.policy.security_officer],
        ),
        w.say(
            "Where a system's login stands in the vendor's product, the factor, the least privilege and the "
            "hashing of passwords are asked about.",
            checks=["password-hash"],
            people=[w.policy.security_officer],
        ),
        table(
            ("Vendor", "Encryption", "Access", "Weaknesses", "Incidents", "Reports until", "Next"),
            (
                w.row(
                    vendor.title,
                    _result(work.encryption.result),
                    _result(work.access_model.result),
                    _result(work.vulnerability_management.result),
                    _result(work.incident_response.result),
                    ", ".join(f"{report.kind} {report.valid_until}" for report in work.reports),
                    work.next_due.isoformat(),
                    checks=["due-diligence"],
                    people=[vendor.owner],
                )
                for vendor in _vendors(w)
                if (work := vendor.due_diligence)
            ),
        ),
    )


def _result(result: str) -> str:
    return {"satisfactory": "good", "satisfactory-with-conditions": "good, with conditions"}.get(
        result, result
    )


def _flows(w: Writer) -> Section:
    return section(
        "Data flows and places",
        w.say(
            "A diagram of each vendor's data flows is validated with the assessment.",
            people=[w.policy.security_officer],
        ),
        w.say(
            "A client's data stays in the countries that its contract allows, at vendors and their "
            "subcontractors too.",
            checks=["countries"],
            people=[w.policy.privacy_officer],
            cite=["164.504(e)(2)(i)"],
        ),
        table(
            ("Vendor", "Service", "Countries", "Subcontractors", "Diagram"),
            (
                w.row(
                    vendor.title,
                    vendor.service.rstrip("."),
                    ", ".join(vendor.countries),
                    ", ".join(f"{sub.name} ({', '.join(sub.countries)})" for sub in vendor.subcontractors),
                    vendor.due_diligence.data_flow_diagram,
                    checks=["countries", "baa-subcontractor"],
                    people=[vendor.owner],
                )
                for vendor in _vendors(w)
            ),
        ),
    )


def _oversight(w: Writer) -> Section:
    systems = {
        vendor.id: [item.title for item in w.catalogue.systems.values() if item.vendor == vendor.id]
        for vendor in _vendors(w)
    }
    return section(
        "Oversight",
        w.say(
            "The inventory of vendors is the catalogue, and names their systems and kinds of data.",
            checks=["vendor-unlinked", "business-associate"],
            people=[w.policy.privacy_officer],
            cite=["164.308(b)(1)"],
        ),
        w.say(
            f"Access of vendors' people is certified {w.policy.reviews.vendor_users.value}.",
            checks=["review-cadence"],
            people=[w.policy.reviews.reviewer],
            cite=["164.308(a)(4)(ii)(C)"],
        ),
        w.say(
            "Vendors' people are apart from the workforce, work for hours only, and are trained first.",
            checks=["vendor-staff", "training-topics"],
            people=[w.policy.security_officer],
        ),
        w.say(
            "A notice of changed controls or leadership is assessed, and the outcome is recorded.",
            checks=["baa-terms"],
            people=[w.policy.security_officer],
            cite=["164.308(a)(8)"],
        ),
        table(
            ("Vendor", "Systems", "Kinds of data", "Users reviewed", "Security contact"),
            (
                w.row(
                    vendor.title,
                    ", ".join(systems[vendor.id]),
                    ", ".join(item.value for item in vendor.data_classes),
                    vendor.user_review,
                    vendor.security_contact,
                    checks=["vendor-unlinked"],
                    people=[vendor.owner],
                )
                for vendor in _vendors(w)
            ),
        ),
        table(
            ("Notice received", "Vendor", "About", "What changed", "Outcome"),
            (
                w.row(
                    notice.received.isoformat(),
                    vendor.title,
                    notice.about,
                    notice.summary,
                    notice.outcome,
                    people=[notice.assessed_by],
                )
                for vendor in _vendors(w)
                for notice in vendor.notices
            ),
        ),
    )


def _ending(w: Writer) -> Section:
    return section(
        "The end of a contract",
        w.say(
            "Applications and accounts of the vendor are withdrawn on the last day.",
            checks=["baa-term"],
            people=[w.policy.security_officer],
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        w.say(
            "The vendor returns or destroys all PHI and says so in writing.",
            checks=["baa-terms"],
            people=[w.policy.privacy_officer],
            cite=["164.504(e)(2)(ii)(J)"],
        ),
    )
