"""The incident plan, and the file of a single incident."""

from __future__ import annotations

from datetime import date, datetime
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
from billing_identity.roles.model.moment import is_past, utc

IncidentKind = Literal["phished-credentials", "lost-device", "vendor-breach"]

OpaqueUser = Annotated[
    str, StringConstraints(pattern=r"^(00u[A-Za-z0-9]{17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
]
"""Okta user id or Entra object id; never a name or an address."""

OpaqueDevice = Annotated[
    str, StringConstraints(pattern=r"^(guo[A-Za-z0-9]{17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
]
"""Okta device id, or id of the managed device in Intune."""

CenterUser = Annotated[
    str, StringConstraints(pattern=r"^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
]
"""User id in the identity store of AWS IAM Identity Center (IdentityStore API, `UserId`)."""

RoleArn = Annotated[
    str,
    StringConstraints(
        pattern=r"^arn:aws(-us-gov)?:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", max_length=200
    ),
]
"""ARN of an IAM role."""


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
    containment_days: int = Field(default=30, ge=1, le=90)
    """Longest time for which an incident may be contained without being renewed: days until `expires`."""


class IncidentScope(Strict):
    """What an incident contains."""

    users: tuple[OpaqueUser, ...] = ()
    """Accounts. Whoever has one in either provider of a federation is listed with both."""
    one_sided: tuple[OpaqueUser, ...] = ()
    """Those of `users` who have no account in the other provider of the federation."""
    sealed_account: bool = False
    """True when a sealed break-glass account is among `users`, or a role of this program or its operators
    among `aws_roles`, on purpose; another sealed account must stay out."""
    devices: tuple[OpaqueDevice, ...] = ()
    """Devices to wipe; the runbook names the calls."""
    systems: tuple[SystemRef, ...] = ()
    """Systems concerned. In a vendor breach they are withdrawn; else their access records are examined."""
    vendors: tuple[VendorRef, ...] = ()
    """In a vendor breach, all of their systems are withdrawn."""
    clients: tuple[ClientRef, ...] = ()
    blocked_networks: tuple[
        Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F.:]+/[0-9]{1,3}$")], ...
    ] = Field(default=(), max_length=1000)
    """CIDR ranges. Okta takes 1,000 for a zone that blocks (Management API 5.1.0, IPNetworkZone)."""
    aws_users: tuple[CenterUser, ...] = ()
    """Denied everything in every account."""
    aws_roles: tuple[RoleArn, ...] = ()
    """Workload or cross-account roles, denied everything."""

    @property
    def okta_users(self) -> tuple[str, ...]:
        """Okta user ids among `users`."""
        return tuple(user for user in self.users if user.startswith("00u"))

    @property
    def entra_users(self) -> tuple[str, ...]:
        """Entra object ids among `users`."""
        return tuple(user for user in self.users if not user.startswith("00u"))

    def names_nothing(self) -> bool:
        """Whether there is nothing that could be contained, wiped or examined."""
        people = self.users or self.devices or self.aws_users
        return not (people or self.systems or self.vendors or self.clients) and not (
            self.blocked_networks or self.aws_roles
        )


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

    @property
    def cuts_sessions(self) -> bool:
        """Whether sessions of people are not to be trusted any more."""
        return bool(self.scope.users or self.scope.aws_users or self.scope.devices)

    def contains_on(self, day: date) -> bool:
        """Whether its containment is in force on a day: not yet closed, and not past `expires`.

        `closed` without a closure closes nothing: what was not examined stays contained.
        """
        closed = self.closed is not None and self.closure is not None and utc(self.closed).date() <= day
        return not is_past(self.expires, day) and not closed
