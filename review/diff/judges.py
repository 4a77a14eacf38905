"""Which way a value went: each judge takes the value before and after and gives a direction."""

from __future__ import annotations

from collections.abc import Callable

from billing_identity.review.diff.model import Direction, Value
from billing_identity.roles.model.vocabulary import Cadence, Factor

Judge = Callable[[Value, Value], Direction]
"""Direction from the value before to the value after; neither is None."""


def towards(stronger: bool | None) -> Direction:
    """Stronger, weaker, or (None) neither."""
    if stronger is None:
        return Direction.CHANGED
    return Direction.STRONGER if stronger else Direction.WEAKER


def less(before: Value, after: Value) -> Direction:
    """A smaller number protects better: minutes, hours, days."""
    return towards(after < before)


def more(before: Value, after: Value) -> Direction:
    """A greater number, or true, protects better."""
    return towards(after > before)


def fewer(before: Value, after: Value) -> Direction:
    """A set that protects better without what was added."""
    olds, news = set(before or ()), set(after or ())
    return towards(True if news < olds else False if news > olds else None)


def further(before: Value, after: Value) -> Direction:
    """A set that protects better with what was added."""
    return fewer(after, before)


def widening(before: Value, after: Value) -> Direction:
    """As `fewer`, but any addition counts as weaker, even when something else was taken out."""
    added, removed = set(after or ()) - set(before or ()), set(before or ()) - set(after or ())
    return towards(False if added else True if removed else None)


def narrowing(before: Value, after: Value) -> Direction:
    """As `further`, but any loss counts as weaker, even when something else was added."""
    return widening(after, before)


def factors(before: Value, after: Value) -> Direction:
    """Weaker as soon as a factor is accepted that is easier to phish than all that were."""
    resistant = [all(Factor(name).phishing_resistant for name in side) for side in (before, after)]
    if resistant[0] != resistant[1]:
        return towards(resistant[1])
    return widening(before, after)


def unsettling(_before: Value, _after: Value) -> Direction:
    """Whatever it becomes has to be looked at: nothing says that the new value protects as well."""
    return Direction.WEAKER


def cadence(before: Value, after: Value) -> Direction:
    """More often is better."""
    return less(Cadence(before).months, Cadence(after).months)


def ranked(order: tuple[str, ...]) -> Judge:
    """By place in an order, the best last; a value that is not in it is worse than all."""

    def judge(before: Value, after: Value) -> Direction:
        rank = {name: place for place, name in enumerate(order)}
        old, new = rank.get(str(before), -1), rank.get(str(after), -1)
        return Direction.CHANGED if old == new else towards(new > old)

    return judge
