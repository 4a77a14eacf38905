"""EventBridge's matching of patterns, as `TestEventPattern` does it.

Rules: EventBridge User Guide, "Comparison operators for use in event patterns". Every field of a pattern must
match; a list is one of several; an array in the event matches when any element does. An operator that is
not here raises, so that a new one can't pass unjudged.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any


def matches(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether the event matches."""
    return _object(pattern, event)


def _object(pattern: dict[str, Any], event: Any) -> bool:
    for key, wanted in pattern.items():
        if key == "$or":
            if not any(_object(branch, event) for branch in wanted):
                return False
            continue
        values, present = _at(event, key)
        if isinstance(wanted, dict):
            if not any(_object(wanted, value) for value in (values or [None])):
                return False
        elif not any(_rule(rule, values, present) for rule in wanted):
            return False
    return True


def _at(event: Any, key: str) -> tuple[list[Any], bool]:
    """Values of a key, arrays of objects and of scalars flattened."""
    holders = event if isinstance(event, list) else [event]
    found: list[Any] = []
    present = False
    for holder in holders:
        if isinstance(holder, dict) and key in holder:
            present = True
            value = holder[key]
            found.extend(value if isinstance(value, list) else [value])
    return found, present


def _rule(rule: Any, values: list[Any], present: bool) -> bool:
    if not isinstance(rule, dict):
        return any(_same(rule, value) for value in values)
    (operator, wanted), *more = rule.items()
    assert not more, rule
    if operator == "exists":
        leaf = present and any(not isinstance(value, dict) for value in values)
        return leaf is wanted
    if operator == "anything-but":
        banned = wanted if isinstance(wanted, list) else [wanted]
        if any(isinstance(item, dict) for item in banned):
            raise AssertionError(f"the matcher does not know {rule}")
        return any(not any(_same(item, value) for item in banned) for value in values)
    texts = [value for value in values if isinstance(value, str)]
    if operator == "prefix":
        return any(text.startswith(wanted) for text in texts)
    if operator == "suffix":
        return any(text.endswith(wanted) for text in texts)
    if operator == "equals-ignore-case":
        return any(text.lower() == wanted.lower() for text in texts)
    if operator == "wildcard":
        assert "**" not in wanted
        expression = "".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", wanted))
        return any(re.fullmatch(expression, text, re.DOTALL) for text in texts)
    if operator == "cidr":
        network = ipaddress.ip_network(wanted)
        return any(ipaddress.ip_address(text) in network for text in texts)
    raise AssertionError(f"the matcher does not know {operator}")


def _same(wanted: Any, value: Any) -> bool:
    """Text with text, number with number; `true` and 1 are different."""
    return type(wanted) is type(value) and wanted == value
