"""A number for how much a change asks of its reviewers, with the reasons it is made of.

The weights are this program's own convention, to order reviews by; no regulation gives them. Only what widens
access or weakens a protection counts: taking access away is never risky enough to hide what is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from billing_identity.review.diff.direction import concerns_everybody
from billing_identity.review.diff.model import Access, Direction, Sentence, Topic
from billing_identity.roles.model.vocabulary import DataClass, RiskTag

_TOPICS = {
    Topic.ACCESS: 1,
    Topic.HOLDERS: 3,
    Topic.SEPARATION: 10,
    Topic.SIGN_IN: 6,
    Topic.EXCEPTIONS: 4,
    Topic.BREAK_GLASS: 6,
    Topic.DATA: 6,
    Topic.SYSTEMS: 3,
    Topic.VENDORS: 4,
    Topic.CLIENTS: 3,
    Topic.RESPONSIBLE: 2,
    Topic.OVERSIGHT: 2,
    Topic.SETTINGS: 6,
}
"""Weight of one sentence that widens access or weakens something, by topic."""

PRIVILEGED = frozenset(
    {
        RiskTag.DISABLES_LOGGING,
        RiskTag.ADMINISTERS_IDENTITY,
        RiskTag.APPROVES_ACCESS,
        RiskTag.RESETS_CREDENTIALS,
        RiskTag.ADMINISTERS_KEYS,
        RiskTag.USES_KEYS,
        RiskTag.DESTROYS_KEYS,
        RiskTag.DEPLOYS_CODE,
    }
)
"""Tags of entitlements that could undo other controls."""

MONEY = frozenset(
    {
        RiskTag.APPROVES_REFUNDS,
        RiskTag.RELEASES_PAYMENTS,
        RiskTag.CHANGES_BANK_DETAILS,
        RiskTag.APPROVES_ADJUSTMENTS,
    }
)
"""Tags of entitlements that move money out."""

LEVELS = ((40, "critical"), (20, "high"), (6, "moderate"), (1, "low"))
"""Least score of each level; below all of them there is no added risk."""


@dataclass(frozen=True)
class Reason:
    """One part of the score."""

    points: int
    text: str


@dataclass(frozen=True)
class Risk:
    """The score, its level (`none`, `low`, `moderate`, `high`, `critical`) and what it is made of."""

    score: int
    level: str
    reasons: tuple[Reason, ...]


def gained(sentence: Sentence) -> list[Access]:
    """What somebody can newly do by a sentence; empty for one that is not about gained access."""
    if sentence.topic is not Topic.ACCESS or sentence.direction is not Direction.GAIN:
        return []
    return [change.after for change in sentence.changes if isinstance(change.after, Access)]


def classified_lower(sentence: Sentence) -> bool:
    """Whether a sentence says that an access stays while its data is declared less sensitive."""
    return sentence.direction is Direction.WEAKER and any(
        isinstance(change.after, Access) for change in sentence.changes
    )


def weighed(sentence: Sentence) -> Sentence:
    """The sentence with its points."""
    return replace(sentence, weight=sum(reason.points for reason in _reasons(sentence)))


def risk_of(sentences: Iterable[Sentence], lost: int = 0) -> Risk:
    """The risk of all sentences, and of `lost` groups of resources whose loss blocks; ten points each."""
    merged: dict[str, int] = {}
    for sentence in sentences:
        for reason in _reasons(sentence):
            merged[reason.text] = merged.get(reason.text, 0) + reason.points
    if lost:
        merged["protected resources deleted, replaced or no longer protected"] = 10 * lost
    reasons = tuple(
        Reason(points, text) for text, points in sorted(merged.items(), key=lambda item: (-item[1], item[0]))
    )
    score = sum(reason.points for reason in reasons)
    level = next((name for least, name in LEVELS if score >= least), "none")
    return Risk(score, level, reasons)


def _reasons(sentence: Sentence) -> list[Reason]:
    if sentence.nobody or not (sentence.direction.widens or sentence.blocks):
        return []
    if classified_lower(sentence):
        return [Reason(6, "data classified lower")]
    points = _TOPICS.get(sentence.topic, 1)
    found = [Reason(points, _TEXTS.get(sentence.topic, sentence.topic.value))]
    accesses = gained(sentence)
    tags = {tag for access in accesses for tag in access.risks}
    if any(DataClass.EPHI in access.data for access in accesses):
        found.append(Reason(3, "ePHI newly reached"))
        if any(access.scope == "all" and access.clients for access in accesses):
            found.append(Reason(3, "ePHI of all clients, not only of assigned ones"))
    for tagged, worth, text in (
        (PRIVILEGED, 8, "control over identity, keys, logs or code"),
        (MONEY, 5, "money can be moved out"),
        (frozenset({RiskTag.EXPORTS_IN_BULK}), 5, "export in bulk"),
    ):
        if tags & tagged:
            found.append(Reason(worth, text))
    if any(concerns_everybody(change.key) for change in sentence.changes):
        found.append(Reason(40, "the access of every person hangs on it"))
    if sentence.blocks:
        found.append(Reason(10, "a conflict that nothing lifts"))
    return found


_TEXTS = {
    Topic.ACCESS: "access added",
    Topic.HOLDERS: "more people may hold a role, or for longer",
    Topic.SEPARATION: "separation of duties weakened",
    Topic.SIGN_IN: "sign-in weakened",
    Topic.EXCEPTIONS: "exceptions opened or extended",
    Topic.BREAK_GLASS: "break-glass terms weakened",
    Topic.DATA: "keys, stores or retention weakened",
    Topic.SYSTEMS: "systems or data flows widened",
    Topic.VENDORS: "vendor terms weakened",
    Topic.CLIENTS: "client terms weakened",
    Topic.RESPONSIBLE: "responsibility changed",
    Topic.OVERSIGHT: "oversight weakened",
    Topic.SETTINGS: "settings on which protection hangs",
}
