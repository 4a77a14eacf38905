"""What a comparison is made of: facts of a catalogue, changes between two sets of facts, and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from billing_identity.roles.problems import Location


class Topic(StrEnum):
    """What a change is about, in the order in which a reader wants them."""

    ACCESS = "access"
    """Who can do what in which system, for which clients."""
    HOLDERS = "holders"
    """Which people come to hold a role, how, and for how long."""
    SEPARATION = "separation-of-duties"
    SIGN_IN = "sign-in"
    EXCEPTIONS = "exceptions"
    BREAK_GLASS = "break-glass"
    DATA = "keys-stores-retention"
    SYSTEMS = "systems"
    VENDORS = "vendors"
    CLIENTS = "clients"
    RESPONSIBLE = "responsible"
    """Owners, approvers, officers, reviewers."""
    OVERSIGHT = "oversight"
    """Reviews, alerts, training, incident plan."""
    SETTINGS = "settings"
    """Settings of the deployment, which stand beside the catalogue."""
    OTHER = "other"
    """Fields that have no topic of their own."""
    WORDING = "wording"
    """Titles, reasons and descriptions: no access hangs on them."""


TITLES: Mapping[Topic, str] = {
    Topic.ACCESS: "Access",
    Topic.HOLDERS: "Who holds a role",
    Topic.SEPARATION: "Separation of duties",
    Topic.SIGN_IN: "Sign-in",
    Topic.EXCEPTIONS: "Exceptions",
    Topic.BREAK_GLASS: "Break-glass",
    Topic.DATA: "Keys, stores, retention",
    Topic.SYSTEMS: "Systems",
    Topic.VENDORS: "Vendors and agreements",
    Topic.CLIENTS: "Clients",
    Topic.RESPONSIBLE: "Owners and approvers",
    Topic.OVERSIGHT: "Reviews, alerts, training",
    Topic.SETTINGS: "Settings of the deployment",
    Topic.OTHER: "Other settings",
    Topic.WORDING: "Wording",
}
"""Headings for people."""


class Direction(StrEnum):
    """Which way a change goes."""

    GAIN = "gain"
    """Somebody can do more."""
    LOSS = "loss"
    WEAKER = "weaker"
    """A protection is less."""
    STRONGER = "stronger"
    CHANGED = "changed"
    """Different, with no more and no less."""

    @property
    def opposite(self) -> Direction:
        """The direction of the same change made backwards."""
        return _OPPOSITE.get(self, self)

    @property
    def widens(self) -> bool:
        """Whether it adds risk: more access or less protection."""
        return self in (Direction.GAIN, Direction.WEAKER)


_OPPOSITE = {
    Direction.GAIN: Direction.LOSS,
    Direction.LOSS: Direction.GAIN,
    Direction.WEAKER: Direction.STRONGER,
    Direction.STRONGER: Direction.WEAKER,
}


@dataclass(frozen=True, order=True)
class Key:
    """Names a fact. `subject` is a catalogue id with its kind (`role:payment-poster`), `aspect` what of it:
    an entitlement, or the dotted path of a field."""

    family: str
    """`access`, `holder`, `conflict`, `status`, `entity`, `field` or `setting`."""
    subject: str
    aspect: str = ""


Value: TypeAlias = Any
"""JSON-like and immutable: text, number, truth value, tuple, `Access`; None where there is nothing."""


@dataclass(frozen=True)
class Access:
    """One entitlement as a role or service account holds it."""

    way: str
    """`job-code`, `request`, `administrator` or `program`."""
    scope: str
    """`all`, `assigned` or `none`: whose data."""
    clients: tuple[str, ...]
    """Ids of the clients whose data it can reach, sorted; each person only the assigned ones for
    `assigned`."""
    data: tuple[str, ...]
    risks: tuple[str, ...]
    until: str | None = None
    """Last day, YYYY-MM-DD."""


State: TypeAlias = Mapping[Key, Value]


@dataclass(frozen=True)
class Change:
    """One fact that differs; `before` or `after` is None where there was or is nothing."""

    key: Key
    before: Value
    after: Value
    topic: Topic
    direction: Direction

    @property
    def added(self) -> bool:
        """Whether the fact is new."""
        return self.before is None

    @property
    def removed(self) -> bool:
        """Whether the fact is gone."""
        return self.after is None


@dataclass(frozen=True)
class Place:
    """Where to look: a location in the head's catalogue, or in the base's for what is gone."""

    location: Location
    side: str = "head"


@dataclass(frozen=True)
class Sentence:
    """What a person reads: one or several changes in words."""

    topic: Topic
    direction: Direction
    text: str
    place: Place
    changes: tuple[Change, ...]
    detail: tuple[str, ...] = ()
    """Further lines, for those who unfold them."""
    blocks: bool = False
    nobody: bool = False
    """Whether no person gains or loses by it: everybody concerned has it through another role too."""
    weight: int = 0
    """Its part of the risk score; see `risk`."""
