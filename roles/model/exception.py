"""An exception: a dated, approved, justified deviation from one rule for one subject."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import Entity, RoleRef, Slug, Strict, Text


class Lift(Strict):
    """What an exception lifts."""

    rule: Slug
    """Id of the rule or check; for separation of duties, the id of the rule in the access policy."""
    subject: Annotated[
        str,
        StringConstraints(
            pattern=r"^(role|system|client|vendor|service-account|job-code|access-policy|urn):\S{1,300}$"
        ),
    ]
    """Catalogue id with its kind, for example `role:payment-poster`; a URN only for foreign programs."""
    environments: tuple[Slug, ...] = Field(min_length=1)
    """Environments in which it holds; there is no wildcard."""


class ExceptionRecord(Entity):
    """One file in `exceptions/`."""

    kind: Literal["exception"] = "exception"
    lifts: Lift
    reason: Text
    compensating_control: Text
    """What reduces the risk meanwhile."""
    approver: RoleRef
    approved: date
    expires: date
    """Last day on which it lifts; at most one year after the approval."""
    ticket: Annotated[str, StringConstraints(min_length=3, max_length=60)]
