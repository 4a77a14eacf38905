"""One use of emergency access, and its review."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from billing_identity.roles.model.access_policy import BreakGlass
from billing_identity.roles.model.base import Entity, IncidentRef, RoleRef, Strict, Text
from billing_identity.roles.model.incident import OpaqueUser


class UseReview(Strict):
    """What came of the review of a use."""

    by: RoleRef
    """The role that reviewed it; none whose people may ask for emergency access."""
    on: datetime
    justified: bool
    """Whether it was an emergency, and no more was opened than it asked for."""
    outcome: Text
    """What was looked at, what was found, and what follows from it. Names nobody."""


class BreakGlassUse(Entity):
    """One use of emergency access (164.312(a)(2)(ii)). A file in `break-glass-uses/`, written when it begins.

    The review is due within the access policy's `break_glass.review_hours` after the use; `check` fails
    while it is overdue.
    """

    kind: Literal["break-glass-use"] = "break-glass-use"
    way: Literal["requested-role", "sealed-account"]
    """The role that people request in an emergency, or one of the sealed accounts."""
    user: OpaqueUser
    """Okta user id or Entra object id of the person or the sealed account; never a name."""
    approved_by: RoleRef
    """The role that approved the request, or the opening of the seal."""
    started: datetime
    ended: datetime | None = None
    """None while it goes on, `break_glass.max_hours` after the start at most."""
    incident: IncidentRef | None = None
    reason: Text | None = None
    """Why, where there is no incident."""
    review: UseReview | None = None

    def ends(self, terms: BreakGlass) -> datetime:
        """When the use ended, or must have ended."""
        return self.ended or self.started + timedelta(hours=terms.max_hours)

    def review_due(self, terms: BreakGlass) -> datetime:
        """Until when the use is reviewed."""
        return self.ends(terms) + timedelta(hours=terms.review_hours)
