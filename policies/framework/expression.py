"""Membership expressions of Okta group rules and of Entra dynamic groups, as far as rules ask about them.

Only the logic is parsed (and, or, not, parentheses); what stands between is an atom, kept as text. Two
questions are answered: does the expression *imply* something, and can it be *true* for a job code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

Atom = str
MAX_DEPTH = 50
"""Nesting beyond this is refused; Okta's own limit for an expression is 1,021 characters."""


class ExpressionError(ValueError):
    """The text is no membership expression."""


@dataclass(frozen=True)
class Expression:
    """A node: `atom` with text, `not` with one part, `and` / `or` with two or more."""

    kind: str
    text: Atom = ""
    parts: tuple[Expression, ...] = ()


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<or>\|\||-?\bor\b)
      | (?P<and>&&|-?\band\b)
      | (?P<not>!(?!=)|-?\bnot\b)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<word>[^\s()"'|&!]+|[|&!]=?)
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression as a tree. Raises `ExpressionError` for an empty, unbalanced or conditional one."""
    tokens = _tokens(text)
    if not tokens:
        raise ExpressionError("the expression is empty")
    node, rest = _disjunction(tokens, 0, 0)
    if rest != len(tokens):
        raise ExpressionError("a closing parenthesis is too much")
    return node


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.end() == position:
            raise ExpressionError(f"can't read the expression from character {position + 1}")
        kind = match.lastgroup or ""
        token = match.group(kind)
        if kind == "word" and token in ("?", ":"):
            raise ExpressionError("a conditional can't be judged: write it with AND and OR")
        found.append((kind, token))
        position = match.end()
    return found


def _disjunction(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Expression, int]:
    return _chain(tokens, at, depth, "or", _conjunction)


def _conjunction(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Expression, int]:
    return _chain(tokens, at, depth, "and", _negation)


_Parser = Callable[[list[tuple[str, str]], int, int], tuple[Expression, int]]


def _chain(
    tokens: list[tuple[str, str]], at: int, depth: int, word: str, inner: _Parser
) -> tuple[Expression, int]:
    if depth > MAX_DEPTH:
        raise ExpressionError(f"nested deeper than {MAX_DEPTH}")
    node, at = inner(tokens, at, depth)
    parts = [node]
    while at < len(tokens) and tokens[at][0] == word:
        node, at = inner(tokens, at + 1, depth)
        parts.append(node)
    return (parts[0] if len(parts) == 1 else Expression(word, parts=tuple(parts))), at


def _negation(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Expression, int]:
    if depth > MAX_DEPTH:
        raise ExpressionError(f"nested deeper than {MAX_DEPTH}")
    if at < len(tokens) and tokens[at][0] == "not":
        node, at = _negation(tokens, at + 1, depth + 1)
        return Expression("not", parts=(node,)), at
    return _primary(tokens, at, depth)


def _primary(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Expression, int]:
    if at < len(tokens) and tokens[at][0] == "open":
        node, after = _disjunction(tokens, at + 1, depth + 1)
        if after >= len(tokens) or tokens[after][0] != "close":
            raise ExpressionError("a closing parenthesis is missing")
        return node, after + 1
    words: list[str] = []
    while at < len(tokens) and tokens[at][0] in ("word", "string", "open"):
        kind, token = tokens[at]
        if kind == "open":
            call, at = _call(tokens, at)
            words.append(call)
            continue
        words.append(token)
        at += 1
    if not words:
        raise ExpressionError("a condition is missing")
    return Expression("atom", text=" ".join(words)), at


def _call(tokens: list[tuple[str, str]], at: int) -> tuple[str, int]:
    depth, words = 0, list[str]()
    while at < len(tokens):
        kind, token = tokens[at]
        depth += {"open": 1, "close": -1}.get(kind, 0)
        words.append(token)
        at += 1
        if depth == 0:
            return " ".join(words), at
    raise ExpressionError("a closing parenthesis is missing")


def implies(node: Expression, holds: Callable[[Atom], bool]) -> bool:
    """Whether the expression can only be true when an atom that satisfies `holds` is true."""
    match node.kind:
        case "atom":
            return holds(node.text)
        case "and":
            return any(implies(part, holds) for part in node.parts)
        case "or":
            return all(implies(part, holds) for part in node.parts)
        case _:
            return False


def can_be(node: Expression, decide: Callable[[Atom], bool | None]) -> frozenset[bool]:
    """The truth values that the expression can take, where `decide` gives None for an atom left open."""
    match node.kind:
        case "atom":
            known = decide(node.text)
            return frozenset({True, False}) if known is None else frozenset({known})
        case "not":
            return frozenset(not value for value in can_be(node.parts[0], decide))
        case _:
            parts = [can_be(part, decide) for part in node.parts]
            absorbing = node.kind == "or"
            values: set[bool] = set()
            if any(absorbing in part for part in parts):
                values.add(absorbing)
            if all((not absorbing) in part for part in parts):
                values.add(not absorbing)
            return frozenset(values)


_COMPARISON = re.compile(
    r"""^(?:user\.(?:profile\.)?)?(?P<name>[A-Za-z_]\w*)\s*
        (?P<operator>==|!=|-eq\b|-ne\b|-in\b|-notIn\b|\beq\b|\bne\b)\s*(?P<value>.+)$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_REVERSED = re.compile(
    r"""^(?P<value>"[^"]*"|'[^']*')\s*(?P<operator>==|!=|-eq\b|-ne\b)\s*
        user\.(?:profile\.)?(?P<name>[A-Za-z_]\w*)$""",
    re.VERBOSE | re.IGNORECASE,
)
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'|\b(true|false)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Comparison:
    """`user.<name>` compared with literals. `equal` is False for != and -notIn."""

    name: str
    values: tuple[str, ...]
    equal: bool


@lru_cache(maxsize=4096)
def comparison(atom: Atom) -> Comparison | None:
    """The atom as a comparison of a user's attribute with literals, or None for anything else."""
    match = _COMPARISON.match(atom) or _REVERSED.match(atom)
    if match is None:
        return None
    value = match["value"]
    values = tuple(a or b or c for a, b, c in _LITERAL.findall(value))
    if not values or _LITERAL.sub("", value).strip(" [],"):
        return None
    operator = match["operator"].lower()
    if len(values) > 1 and "in" not in operator:
        return None
    return Comparison(match["name"], values, operator in ("==", "-eq", "eq", "-in"))


def demands(text: str, attribute: str, value: str) -> bool:
    """Whether the expression admits only users whose `attribute` equals `value` (letter case ignored).

    Raises `ExpressionError` for a text that is no expression.
    """

    def holds(atom: Atom) -> bool:
        found = comparison(atom)
        return (
            found is not None
            and found.equal
            and found.name.lower() == attribute.lower()
            and {item.lower() for item in found.values} == {value.lower()}
        )

    return implies(parse(text), holds)


def admits(text: str, attribute: str, value: str) -> bool:
    """Whether somebody whose `attribute` equals `value` may be admitted, whatever else holds of them.

    Raises `ExpressionError` for a text that is no expression.
    """

    def decide(atom: Atom) -> bool | None:
        found = comparison(atom)
        if found is None or found.name.lower() != attribute.lower():
            return None
        return (value.lower() in {item.lower() for item in found.values}) == found.equal

    return True in can_be(parse(text), decide)
