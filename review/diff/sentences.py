"""All changes as sentences, in the order in which a reader wants them."""

from __future__ import annotations

from collections.abc import Iterable

from billing_identity.review.diff.access_words import access_sentences
from billing_identity.review.diff.field_words import FieldWords
from billing_identity.review.diff.model import Change, Direction, Sentence, Topic
from billing_identity.review.diff.names import Names
from billing_identity.review.diff.state import View

_DIRECTIONS = (Direction.GAIN, Direction.WEAKER, Direction.LOSS, Direction.STRONGER, Direction.CHANGED)


def sentences(changes: Iterable[Change], base: View, head: View) -> list[Sentence]:
    """Every change in one sentence; what blocks first within a topic, then what widens access."""
    names = Names(base, head)
    words = FieldWords(base, head, names)
    listed = list(changes)
    whole = {change.key.subject: change for change in listed if change.key.family == "entity"}
    found = list(access_sentences((c for c in listed if c.key.family == "access"), base, head, names))
    for change in listed:
        if change.key.family == "access" or _said_by_entity(change, whole):
            continue
        found.append(words.sentence(change))
    topics = list(Topic)
    return sorted(
        found,
        key=lambda item: (
            topics.index(item.topic),
            not item.blocks,
            _DIRECTIONS.index(item.direction),
            item.text,
        ),
    )


def _said_by_entity(change: Change, whole: dict[str, Change]) -> bool:
    """Whether the sentence on a new or removed entity says it too: its holders, an exception's presence."""
    if change.key.subject not in whole:
        return False
    if change.key.family == "holder":
        return True
    if change.key.family == "status":
        return change.key.subject.startswith("vendor:")
    return change.key.family == "entity" and change.key.subject.startswith("exception:")
