"""CloudWatch Logs' filter patterns over JSON, as far as the alarms use them.

Grammar: CloudWatch Logs User Guide, "Filter pattern syntax for metric filters" (JSON). Anything else raises.
"""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(r'\s*(&&|\|\||\(|\)|NOT EXISTS|!=|=|\$\.[\w.\[\]-]+|"[^"]*"|[\w.*:/-]+)')


def holds(pattern: str, event: dict[str, Any]) -> bool:
    """Whether the pattern, braces included, matches the event."""
    text = pattern.strip()
    assert text[0] == "{" and text[-1] == "}", pattern
    body, tokens, at = text[1:-1].strip(), [], 0
    while at < len(body):
        found = _TOKEN.match(body, at)
        if found is None:
            raise AssertionError(f"the evaluator does not know {body[at:]!r}")
        tokens.append(found[1])
        at = found.end()
    value, rest = _or(tokens, event)
    assert not rest, rest
    return value


def _or(tokens: list[str], event: Any) -> tuple[bool, list[str]]:
    value, rest = _and(tokens, event)
    while rest and rest[0] == "||":
        other, rest = _and(rest[1:], event)
        value = value or other
    return value, rest


def _and(tokens: list[str], event: Any) -> tuple[bool, list[str]]:
    value, rest = _term(tokens, event)
    while rest and rest[0] == "&&":
        other, rest = _term(rest[1:], event)
        value = value and other
    return value, rest


def _term(tokens: list[str], event: Any) -> tuple[bool, list[str]]:
    if tokens[0] == "(":
        value, rest = _or(tokens[1:], event)
        assert rest[0] == ")"
        return value, rest[1:]
    found: Any = event
    for part in tokens[0].removeprefix("$.").split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if tokens[1] == "NOT EXISTS":
        return found is None, tokens[2:]
    wanted = tokens[2].strip('"')
    expression = "".join(".*" if c == "*" else re.escape(c) for c in wanted)
    same = found is not None and re.fullmatch(expression, str(found)) is not None
    if tokens[1] == "!=":
        return found is not None and not same, tokens[3:]
    assert tokens[1] == "="
    return same, tokens[3:]
