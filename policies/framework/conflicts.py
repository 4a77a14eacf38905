"""Says a separation-of-duties conflict in one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from billing_identity.policies.framework.access_graph import Given
from billing_identity.policies.framework.rule import Finding
from billing_identity.roles.separation import Sides


def conflict(
    side: Sides,
    holder: str,
    held: Mapping[str, str],
    subjects: Sequence[str],
    *,
    urn: str | None = None,
    ways: Mapping[str, str] | None = None,
) -> Finding | None:
    """The finding for a holder that reaches both sides, or None.

    `held`: entitlements, each with the URN of what gives it (empty when it is the catalogue itself).
    `ways`: how the holder comes to an entitlement, for the message.
    """
    hit = side.hit(held)
    if hit is None:
        return None
    left, right = (", ".join(_way(name, ways) for name in part) for part in hit)
    sources = [held[name] for part in hit for name in part if held[name]]
    return Finding(
        f"{holder} reaches both sides of `{side.rule.id}` ({side.rule.title}): "
        f"{side.rule.left.title} through {left}; {side.rule.right.title} through {right}",
        urn=urn or (sources[-1] if sources else None),
        subjects=tuple(subjects),
        code=side.rule.id,
        citations=side.rule.citations,
        liftable=side.rule.liftable,
    )


def unseen(effects: Iterable[Given], rules: Sequence[Sides]) -> Iterator[Finding]:
    """A doubt for each assignment of one side to a group that another program declares.

    Who is in the group, and what else it is given, stands there.
    """
    for effect in effects:
        if not effect.declared and any(effect.entitlements & (side.left | side.right) for side in rules):
            reason = f"can't tell who holds {effect.holder}: it is not declared in this program"
            yield Finding(reason, urn=effect.urn, doubt=True)


def _way(entitlement: str, ways: Mapping[str, str] | None) -> str:
    way = None if ways is None else ways.get(entitlement)
    return f"{entitlement} ({way})" if way else entitlement
