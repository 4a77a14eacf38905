"""A client: a covered entity that the company bills for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import Country, Entity, RoleRef, Strict, SystemRef, Text, Title


class ClientNotice(Strict):
    """How fast and to whom the contract wants notices."""

    contact: Text
    """Office or mailbox of a function, never a person."""
    breach_hours: int = Field(ge=1, le=60 * 24)
    """Contract's clock for a breach notice; 164.410(b) allows 60 days at most."""
    access_change_hours: int = Field(ge=1, le=24 * 30)
    """Clock for telling the client that a workforce member's access to its systems ended."""


class ClientAgreement(Strict):
    """The business associate agreement in which the company is the associate."""

    signed: date
    expires: date | None = None
    """None when it runs until terminated."""
    reference: Text


class Offboarding(Strict):
    """Return and destruction at the end of a contract (164.504(e)(2)(ii)(J))."""

    ends_on: date
    returned_on: date | None = None
    certificate: Text | None = None
    """Reference of the certificate of destruction."""


class Client(Entity):
    """A covered entity. One file in `clients/`."""

    kind: Literal["client"] = "client"
    title: Title
    covered_entity: Literal["hospital", "physician-practice", "clinic", "laboratory", "other"]
    status: Literal["onboarding", "active", "offboarding", "closed"]
    agreement: ClientAgreement
    systems: tuple[SystemRef, ...] = Field(min_length=1)
    """Systems reached on its behalf."""
    allowed_countries: tuple[Country, ...] = Field(min_length=1)
    """Where its data may be held or seen."""
    offshore_ban: bool
    """True when the contract forbids any access from outside the United States."""
    own_key: bool = False
    """True when the contract asks for a customer managed key of its own."""
    notice: ClientNotice
    account_owner: RoleRef
    shard: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
    """Stack shard that holds its keys and stores; written once, moved only by the command."""
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{3,8}$")]
    """Value that HR puts into a person's list of assigned clients."""
    offboarding: Offboarding | None = None
