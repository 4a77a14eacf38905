"""A role: a job function and the access that it needs, and no more."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from billing_identity.roles.model.base import (
    Change,
    EntitlementRef,
    Entity,
    JobCodeRef,
    RingRef,
    RoleRef,
    Slug,
    Strict,
    Text,
    Title,
    TrainingRef,
)
from billing_identity.roles.model.vocabulary import Level, Provider
from billing_identity.roles.naming import role_group_name


class Assignment(StrEnum):
    """How people come to hold a role. Decides which of the three kinds of group carries it."""

    JOB_CODE = "job-code"
    """A rule over the person's HR attributes fills the group; nobody is added by hand."""
    REQUEST = "request"
    """People with an eligible job code ask; an approver grants for a limited time."""
    ADMINISTRATOR = "administrator"
    """Assigned (or made eligible) by name, outside any rule; an admin role may hang on the group."""


class ClientScope(StrEnum):
    """Whose data a grant reaches."""

    ALL = "all"
    ASSIGNED = "assigned"
    """Only the clients that HR lists on the person."""
    NONE = "none"
    """The entitlement reaches no client's data."""


class MinimumNecessary(Strict):
    """The record of 45 CFR 164.502(b) in the shape of 164.514(d)(2)(i): who needs which PHI, and why."""

    rationale: Text
    """Why the job can't be done with less."""
    phi_categories: tuple[Title, ...] = ()
    """Categories of PHI that the role needs; empty for a role that needs none."""
    conditions: Text | None = None
    """Conditions on the access."""


class Grant(Strict):
    """One entitlement for one role."""

    entitlement: EntitlementRef
    """`system/entitlement`."""
    rationale: Text
    """Why this role needs it."""
    clients: ClientScope = ClientScope.ASSIGNED
    """Whose data."""
    since: date | None = None
    """Day the grant was first given; a grant later than the system's lapsed BAA is refused."""
    expires: date | None = None
    """Last day of the grant; afterwards it is gone."""


class RequestTerms(Strict):
    """How a requested or administrator role is asked for and how long it lasts."""

    eligible: tuple[JobCodeRef, ...] = Field(min_length=1)
    """Job codes whose holders may ask."""
    approvers: tuple[RoleRef, ...] = Field(min_length=1)
    """Roles that may approve; nobody approves for himself."""
    max_hours: int = Field(ge=1, le=24 * 180)
    """Longest grant in hours; 4,320 (180 days) is the longest that the access policy may allow."""
    justification: Literal[True] = True
    """A reason is always asked for."""
    acknowledged_conflicts: tuple[Slug, ...] = ()
    """Separation-of-duties rules that such a request would complete for somebody. The approver is shown
    them and the approval says so; one that is not listed here blocks."""


class Role(Entity):
    """A job function. One file in `roles/`."""

    kind: Literal["role"] = "role"
    title: Title
    """For example `Payment Poster`."""
    purpose: Text
    """What people in this role do."""
    minimum_necessary: MinimumNecessary
    owner: RoleRef
    """The role that answers for this one: who says what it may do and reviews who holds it."""
    assignment: Assignment = Assignment.JOB_CODE
    job_codes: tuple[JobCodeRef, ...] = ()
    """Job codes that give the role; for `assignment: job-code` only, at least one unless abstract."""
    request: RequestTerms | None = None
    """For `assignment: request` and `administrator`."""
    abstract: bool = False
    """True for a role that only others inherit from. Its group holds everybody whose role inherits it, so
    that what many share is assigned once."""
    inherits: tuple[RoleRef, ...] = ()
    """Roles whose grants and training this one includes."""
    grants: tuple[Grant, ...] = ()
    risk: Level
    """High: certified quarterly, phishing-resistant sign-in."""
    privileged: bool = False
    """True when the role administers identity, keys, logging or security."""
    training: tuple[TrainingRef, ...] = ()
    """Modules that must be current before ePHI is reachable."""
    ring: RingRef
    """Rollout ring in which stricter sign-in reaches this role."""
    vendor_staff: bool = False
    """True when outside staff of a vendor hold it; they live in their own groups and tier."""
    live_groups: dict[Literal["okta", "entra"], Title] = Field(default={})
    """Names of the live groups that carry the role under a name of their own; elsewhere it is `role-<id>`."""
    changed: Change | None = None

    def group_name(self, provider: Provider) -> str:
        """Name of the group that carries the role in a provider."""
        return next(
            (name for known, name in self.live_groups.items() if known == provider.value),
            role_group_name(self.id),
        )

    def group_names(self) -> frozenset[str]:
        """Names of the groups that carry the role, of whichever provider."""
        return frozenset({self.group_name(Provider.OKTA), self.group_name(Provider.ENTRA)})
