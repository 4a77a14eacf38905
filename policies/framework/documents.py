"""IAM policy documents, as far as rules ask about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from billing_identity.policies.framework.reader import MalformedError, Texts, View

ROOT = re.compile(r"^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$")
ROLE_CONDITION = "aws:PrincipalArn"


@dataclass(frozen=True)
class Statement:
    """One statement. `principals` are `AWS:<arn>`, `Service:<name>`, ... or `*`."""

    sid: str
    allows: bool
    principals: tuple[str, ...]
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Operator, key and values, in the document's order."""
    inverted: bool
    """True when it uses NotAction, NotPrincipal or NotResource."""

    def condition(self, key: str, *operators: str) -> tuple[str, ...]:
        """Values that the statement compares `key` with by one of the operators (letter case ignored)."""
        wanted = {operator.lower() for operator in operators}
        return tuple(
            value
            for operator, name, values in self.conditions
            if name.lower() == key.lower() and operator.lower() in wanted
            for value in values
        )

    spares: bool = False
    """True when it uses NotPrincipal: it speaks of everybody but those."""

    @property
    def public(self) -> bool:
        """Whether it speaks of everybody."""
        return any(principal in ("*", "AWS:*") for principal in self.principals)

    @property
    def open(self) -> bool:
        """Whether it may speak of somebody unnamed: everybody, everybody but some, or by a wildcard."""
        return self.spares or any("*" in principal for principal in self.principals)

    @property
    def narrowed(self) -> bool:
        """Whether a condition says who may come although the statement is open."""
        return any(
            key.lower() in NARROWING and operator.lower() in _NARROWS and values and all(map(_names, values))
            for operator, key, values in self.conditions
        )

    def matches(self, action: str) -> bool:
        """Whether it covers the action, wildcards expanded."""
        return any(fnmatchcase(action.lower(), pattern.lower()) for pattern in self.actions)


def statements(document: View) -> Iterator[Statement]:
    """The statements of a document. Raises `MalformedError` for one that is no statement."""
    found = document.nodes("Statement")
    if not found:
        raise MalformedError(document.at, "a policy document with statements")
    for node in found:
        effect = node.text("Effect", "")
        if effect not in ("Allow", "Deny"):
            raise MalformedError(f"{node.at}.Effect", "Allow or Deny")
        inverted = any(node.has(name) for name in ("NotAction", "NotPrincipal", "NotResource"))
        actions = node.texts("Action").all() or node.texts("NotAction").all()
        if not actions:
            raise MalformedError(f"{node.at}.Action", "actions")
        yield Statement(
            sid=node.text("Sid", ""),
            allows=effect == "Allow",
            principals=tuple(_principals(node)),
            actions=actions,
            resources=node.texts("Resource").all(),
            conditions=tuple(_conditions(node)),
            inverted=inverted,
            spares=node.has("NotPrincipal"),
        )


def _principals(node: View) -> Iterator[str]:
    for name in ("Principal", "NotPrincipal"):
        try:
            block = node.node(name)
        except MalformedError:
            yield from node.texts(name).all()
            continue
        if block is not None:
            for kind in block.names():
                values: Texts = block.texts(kind)
                yield from (f"{kind}:{value}" for value in values.all())


def _conditions(node: View) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    block = node.node("Condition")
    if block is None:
        return
    for operator in block.names():
        tests = block.node(operator)
        if tests is None:
            continue
        for key in tests.names():
            yield operator, key, _values(tests, key)


def _values(tests: View, key: str) -> tuple[str, ...]:
    # Condition keys hold dots and slashes only in tag names; the reader's path would split them.
    value = tests.direct(key)
    items = value if isinstance(value, (list, tuple)) else [value]  # pyright: ignore[reportUnknownVariableType]
    return tuple(
        ("true" if item else "false") if isinstance(item, bool) else str(item)  # pyright: ignore[reportUnknownArgumentType]
        for item in items  # pyright: ignore[reportUnknownVariableType]
    )


NARROWING = frozenset(
    {
        "aws:principalorgid",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceowner",
        "kms:calleraccount",
    }
)
"""Condition keys that say who may come although the principal is everybody."""
_NARROWS = frozenset(
    {
        *("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"),
        *(f"foranyvalue:{name}" for name in ("stringequals", "stringlike", "arnequals", "arnlike")),
    }
)
"""Operators that narrow. `IfExists` and ForAllValues hold without the key; Not... inverts."""


def _names(value: str) -> bool:
    """Whether a condition's value names an account, an organisation or, without account, a bucket."""
    fields = value.split(":")
    if fields[0] != "arn":
        return bool(value) and not set(value) & set("*?")
    if len(fields) < 6:
        return False
    name = fields[4] if fields[2] != "s3" else fields[5].partition("/")[0]
    return bool(name) and not set(name) & set("*?")


def covers_bucket(resources: tuple[str, ...]) -> bool:
    """Whether the resources of a bucket policy's statement are the bucket and its objects."""
    if "*" in resources:
        return True
    objects = any(resource.endswith("/*") for resource in resources)
    bucket = any("/" not in resource for resource in resources)
    return objects and bucket


def overlap(left: str, right: str) -> bool:
    """Whether two principals, or ARN patterns of principals, can be the same one.

    An account as principal is everybody in it. Of two patterns, one must match the other as a text.
    """
    if "*" in (left, right):
        return True
    return (
        _within(left, right) or _within(right, left) or fnmatchcase(left, right) or fnmatchcase(right, left)
    )


def _within(account: str, principal: str) -> bool:
    match = ROOT.match(account)
    if match is None:
        return False
    fields = principal.split(":")
    other = fields[4] if len(fields) > 4 else principal
    return fnmatchcase(match[1], other)
