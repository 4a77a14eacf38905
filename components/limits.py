"""Limits on addresses, durations and expressions that keep a component from shutting everybody out, or in."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping

from billing_identity.components.errors import ComponentInputError

OWN_NETWORK: Mapping[int, int] = {4: 16, 6: 32}
"""Shortest prefix of a network that is somebody's own, by IP version."""
BLOCKED_NETWORK: Mapping[int, int] = {4: 9, 6: 33}
"""Shortest prefix of a blocked range. Entra takes masks longer than /8 (Microsoft Entra documentation,
"Network assignment"); a whole provider gets a /32 in IPv6."""
_DURATION = re.compile(r"PT(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?")
_CONSTANT = re.compile(r"^[\s()]*(?:true|1\s*==\s*1)?[\s()]*$", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"(?:\bor\b|\|\|)\s*\(*\s*true\b|\btrue\b\s*\)*\s*(?:\bor\b|\|\|)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def require_networks(name: str, what: str, cidrs: Iterable[str], widest: Mapping[int, int]) -> None:
    """Raises ComponentInputError for a text that is no range of addresses, or a range wider than `widest`."""
    faults: list[str] = []
    for cidr in cidrs:
        try:
            network = ipaddress.ip_network(cidr, strict=True)
        except ValueError:
            faults.append(f"{name}: {what} {cidr!r}: write a range such as 203.0.113.16/28")
            continue
        if network.prefixlen < widest[network.version]:
            faults.append(
                f"{name}: {what} {cidr!r}: wider than a /{widest[network.version]}; name the addresses"
            )
    if faults:
        raise ComponentInputError("\n".join(faults))


def require_duration(name: str, what: str, text: str, most_minutes: int) -> None:
    """Raises ComponentInputError for a text that is no ISO 8601 duration in hours, minutes or seconds, or one
    that is longer than `most_minutes`."""
    matched = _DURATION.fullmatch(text)
    if matched is None or text == "PT":
        raise ComponentInputError(
            f"{name}: {what} {text!r}: write an ISO 8601 duration such as PT8H or PT15M"
        )
    hours, minutes, seconds = (int(group or 0) for group in matched.groups())
    if (hours * 60 + minutes) * 60 + seconds > most_minutes * 60:
        raise ComponentInputError(f"{name}: {what} {text!r}: {most_minutes} minutes at most")


def require_condition(name: str, condition: str) -> None:
    """Raises ComponentInputError for a rule that puts everybody into the group: none, a constant, or one that
    has a constant as an alternative."""
    bare = _QUOTED.sub('""', condition)
    if _CONSTANT.match(bare) or _ALTERNATIVE.search(bare):
        raise ComponentInputError(
            f"{name}: condition {condition!r}: everybody would be in the group; compare an attribute, the "
            "employment status among them"
        )


def require_apart(name: str, contained: Iterable[object], break_glass: Iterable[object]) -> None:
    """Raises ComponentInputError when a group is denied and is an emergency group. Ids that are not known yet
    can't be compared."""
    both = {item for item in contained if isinstance(item, str)} & {
        item for item in break_glass if isinstance(item, str)
    }
    if both:
        raise ComponentInputError(
            f"{name}: contained_groups: {', '.join(sorted(both))} is an emergency group, whose people "
            "would be denied first"
        )
