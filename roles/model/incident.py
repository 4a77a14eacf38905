"""The incident plan, and the file of a single incident."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import (
    ClientRef,
    Entity,
    RoleRef,
    Slug,
    Strict,
    SystemRef,
    Text,
    Title,
    VendorRef,
)

IncidentKind = Literal["phished-credentials", "lost-device", "vendor-breach"]

OpaqueUser = Annotated[
    str, StringConstraints(pattern=r"^(00u[A-Za-z0-9]{17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
]
"""Okta user id or Entra object id; never a name or an address."""


class TeamMember(Strict):
    """A seat in the response team, filled by a role."""

    function: Title
    role: RoleRef
    deputy: RoleRef
    duties: Text


class Contact(Strict):
    """An outside party, reached by function."""

    kind: Literal["counsel", "insurer", "forensics", "regulator", "law-enforcement", "communications"]
    organisation: Title
    reach: Text
    """Hot line, portal or mailbox of a function."""
    when: Text


class Criterion(Strict):
    """A question whose answer decides what happens."""

    question: Text
    if_yes: Text
    decided_by: RoleRef
    within_hours: int = Field(ge=1, le=60 * 24)


class Template(Strict):
    """A message prepared in advance."""

    name: Slug
    audience: Literal["client", "individuals", "regulator", "workforce", "vendor", "media"]
    subject: Title
    body: Text
    """May hold `{placeholders}` in braces."""


class Playbook(Strict):
    """What is done for one kind of incident, phase by phase."""

    incident: IncidentKind
    contain: tuple[Text, ...] = Field(min_length=1)
    eradicate: tuple[Text, ...] = Field(min_length=1)
    recover: tuple[Text, ...] = Field(min_length=1)
    evidence: tuple[Text, ...] = Field(min_length=1)
    """What shows which ePHI was really reached."""


class IncidentPlan(Entity):
    """The plan. The single file `incident-plan.yaml`."""

    kind: Literal["incident-plan"] = "incident-plan"
    team: tuple[TeamMember, ...] = Field(min_length=1)
    contacts: tuple[Contact, ...] = Field(min_length=1)
    tooling: tuple[Text, ...] = Field(min_length=1)
    decision_criteria: tuple[Criterion, ...] = Field(min_length=1)
    templates: tuple[Template, ...] = Field(min_length=1)
    playbooks: tuple[Playbook, ...] = Field(min_length=1)
    exercise_months: int = Field(ge=1, le=12)
    """Months between exercises of the plan."""


class IncidentScope(Strict):
    """What an incident contains."""

    users: tuple[OpaqueUser, ...] = ()
    systems: tuple[SystemRef, ...] = ()
    vendors: tuple[VendorRef, ...] = ()
    clients: tuple[ClientRef, ...] = ()
    blocked_networks: tuple[
        Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F.:]+/[0-9]{1,3}$")], ...
    ] = ()
    """CIDR ranges."""


class Closure(Strict):
    """What an incident may not be closed without."""

    root_cause: Text
    breach_risk_assessment: Text
    """Outcome of the four-factor assessment of 164.402."""
    reportable: bool
    control_changes: tuple[Text, ...] = Field(min_length=1)
    training_changes: tuple[Text, ...] = Field(min_length=1)


class Incident(Entity):
    """One incident. One file in `incidents/`."""

    kind: Literal["incident"] = "incident"
    incident: IncidentKind
    summary: Text
    scope: IncidentScope
    opened_by: RoleRef
    approver: RoleRef
    occurred: datetime
    detected: datetime
    contained: datetime | None = None
    closed: datetime | None = None
    expires: datetime
    """When the containment ends unless it is renewed."""
    closure: Closure | None = None
