"""A vendor: a business associate or subcontractor, its agreement and what was found out about it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from billing_identity.roles.model.base import Country, Entity, RoleRef, Strict, Text, Title
from billing_identity.roles.model.vocabulary import DataClass


class BaaTerms(Strict):
    """Terms that the agreement must hold; a false one is a finding. Citations: 164.504(e), 164.314(a)."""

    permitted_uses: bool
    """164.504(e)(2)(i)."""
    safeguards: bool
    """164.504(e)(2)(ii)(B) and 164.314(a)(2)(i)(A)."""
    breach_reporting: bool
    """164.504(e)(2)(ii)(C)."""
    subcontractor_flow_down: bool
    """164.504(e)(2)(ii)(D)."""
    return_or_destruction: bool
    """164.504(e)(2)(ii)(J)."""
    audit_rights: bool
    encryption_expected: bool
    mfa_expected: bool
    investigation_cooperation: bool
    """The vendor works with us in investigations and forensics."""
    notice_of_control_changes: bool
    """Prompt notice of material changes to its controls."""
    notice_of_leadership_changes: bool
    """Prompt notice of changes in its security or executive leadership that affect risk."""
    books_open_to_secretary: bool
    """164.504(e)(2)(ii)(I)."""


class ChangeNotice(Strict):
    """One notice received from a vendor about its controls or leadership."""

    received: date
    about: Literal["controls", "leadership", "subcontractor", "location", "incident"]
    summary: Text
    assessed_by: RoleRef
    outcome: Text


class Baa(Strict):
    """A business associate agreement."""

    signed: date
    expires: date
    grace_days: int = Field(default=30, ge=0, le=90)
    """Days after expiry until the vendor's apps lose their assignments."""
    reaffirmed: date | None = None
    """Last reaffirmation on renewal."""
    breach_notice_hours: int = Field(ge=1, le=60 * 24)
    """Contract's clock; the regulation's outer limit is 60 days (164.410(b))."""
    terms: BaaTerms
    reference: Text
    """Where the signed document is kept."""


class Assessment(Strict):
    """One area of due diligence."""

    result: Literal["satisfactory", "satisfactory-with-conditions", "unsatisfactory"]
    summary: Text
    assessed: date


class AssuranceReport(Strict):
    """An independent report."""

    kind: Literal["soc-2-type-2", "hitrust-r2", "hitrust-i1", "iso-27001", "ehnac", "pci-dss"]
    issued: date
    valid_until: date


class DueDiligence(Strict):
    """What was assessed, with date and result. Overdue or lapsed is a finding."""

    encryption: Assessment
    access_model: Assessment
    vulnerability_management: Assessment
    incident_response: Assessment
    reports: tuple[AssuranceReport, ...] = ()
    next_due: date
    data_flow_diagram: Text
    """Where the validated diagram is kept."""


class Subcontractor(Strict):
    """A party behind the vendor."""

    name: Title
    service: Text
    countries: tuple[Country, ...] = Field(min_length=1)
    baa_in_place: bool


class Vendor(Entity):
    """A third party. One file in `vendors/`."""

    kind: Literal["vendor"] = "vendor"
    title: Title
    service: Text
    business_associate: bool
    """True when it creates, receives, maintains or transmits PHI for us; then `baa` is required."""
    data_classes: tuple[DataClass, ...] = Field(min_length=1)
    owner: RoleRef
    countries: tuple[Country, ...] = Field(min_length=1)
    """Where it holds or sees the data, subcontractors left out."""
    baa: Baa | None = None
    due_diligence: DueDiligence
    subcontractors: tuple[Subcontractor, ...] = ()
    notices: tuple[ChangeNotice, ...] = ()
    security_contact: Text
    """Office or mailbox of a function, never a person."""
    user_review: Literal["monthly", "quarterly"] = "quarterly"
    """How often its users' access is reviewed."""
