"""Reads a resource's properties in three states: known, missing, unknown.

A rule asks for what it needs by path (`"conditions.users.excludedGroups"`). A missing property (or null)
gives the default that the rule names: what the provider does when nothing is declared. An unknown one
raises `UndecidedError`, and a value of the wrong shape `MalformedError`; the framework makes *undecided*
of the first and *fail* of the second. A rule can't take either for a pass by accident.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast, overload

from billing_identity.policies.framework.readings import MalformedError, Texts, UndecidedError
from billing_identity.policies.framework.wire import (
    UNKNOWNS,
    clear_texts,
    is_secret,
    is_unknown,
    secret_texts,
    unwrap,
)

__all__ = [
    "MalformedError",
    "Options",
    "ResourceView",
    "Texts",
    "UndecidedError",
    "View",
    "parse_document",
]


class View:
    """One mapping of a resource's properties (or of a JSON document in one of them), read by path."""

    __slots__ = ("_node", "_reads", "at")

    def __init__(self, node: object, at: str = "", reads: set[str] | None = None) -> None:
        """`node`: wire value; `at`: where it stands in the resource; `reads`: collects the paths read."""
        self._node = node
        self._reads = reads
        self.at = at

    def _find(self, path: str) -> object:
        node, at = unwrap(self._node), self.at
        if is_unknown(node):
            raise UndecidedError(at)
        for part in path.split("."):
            if isinstance(node, Sequence) and not isinstance(node, str):
                if len(node) > 1:  # pyright: ignore[reportUnknownArgumentType]
                    raise MalformedError(at, "one block")
                node = unwrap(node[0]) if node else None  # pyright: ignore[reportUnknownArgumentType]
            if node is None:
                at = f"{at}.{part}" if at else part
                continue
            if not isinstance(node, Mapping):
                raise MalformedError(at, "a mapping")
            at = f"{at}.{part}" if at else part
            node = unwrap(node.get(part))  # pyright: ignore[reportUnknownMemberType,reportUnknownArgumentType]
            if is_unknown(node):
                self._note(at)
                raise UndecidedError(at)
        self._note(at)
        return node  # pyright: ignore[reportUnknownVariableType]

    def _note(self, at: str) -> None:
        if self._reads is not None:
            self._reads.add(at)

    def _where(self, path: str) -> str:
        return f"{self.at}.{path}" if self.at else path

    def has(self, path: str) -> bool:
        """Whether the property is there and not null. Empty lists and texts count as there."""
        return self._find(path) is not None

    def is_secret(self, path: str) -> bool:
        """Whether the property, or a block around it, is marked as a secret."""
        node: object = self._node
        for part in path.split("."):
            if is_secret(node):
                break
            node = unwrap(node)
            if isinstance(node, Sequence) and not isinstance(node, str) and len(node) == 1:  # pyright: ignore[reportUnknownArgumentType]
                node = unwrap(node[0])  # pyright: ignore[reportUnknownArgumentType]
            node = cast("Mapping[str, object]", node).get(part) if isinstance(node, Mapping) else None
        self._note(self._where(path))
        return is_secret(node)

    @overload
    def text(self, path: str, default: str) -> str: ...
    @overload
    def text(self, path: str, default: None = None) -> str | None: ...
    def text(self, path: str, default: str | None = None) -> str | None:
        """A text; `default` when missing."""
        value = self._find(path)
        if value is None:
            return default
        if not isinstance(value, str):
            raise MalformedError(self._where(path), "a text")
        return value

    def flag(self, path: str, default: bool) -> bool:
        """A boolean; `default` when missing. The texts `true` and `false` count as what they say."""
        value = self._find(path)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        if value in ("true", "false"):
            return value == "true"
        raise MalformedError(self._where(path), "true or false")

    @overload
    def number(self, path: str, default: float) -> float: ...
    @overload
    def number(self, path: str, default: None = None) -> float | None: ...
    def number(self, path: str, default: float | None = None) -> float | None:
        """A finite number; `default` when missing. Engines send numbers as floats, states some as text."""
        value = self._find(path)
        if value is None:
            return default
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            number = float(value)
        elif isinstance(value, str):
            try:
                number = float(value)
            except ValueError:
                raise MalformedError(self._where(path), "a number") from None
        else:
            raise MalformedError(self._where(path), "a number")
        if not math.isfinite(number):
            raise MalformedError(self._where(path), "a number")
        return number

    def texts(self, path: str) -> Texts:
        """A list of texts; empty when missing. A single text counts as a list of one."""
        where = self._where(path)
        value = self._find(path)
        if value is None:
            return Texts((), True, where)
        if isinstance(value, str):
            return Texts((value,), True, where)
        if not isinstance(value, Sequence):
            raise MalformedError(where, "a list of texts")
        known: list[str] = []
        complete = True
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            element = unwrap(item)  # pyright: ignore[reportUnknownArgumentType]
            if is_unknown(element):
                complete = False
            elif isinstance(element, str):
                known.append(element)
            else:
                raise MalformedError(where, "a list of texts")
        return Texts(tuple(known), complete, where)

    def node(self, path: str) -> View | None:
        """A nested block, or None when missing. A list of one counts as the block itself."""
        value = self._find(path)
        if isinstance(value, Sequence) and not isinstance(value, str):
            if len(value) > 1:  # pyright: ignore[reportUnknownArgumentType]
                raise MalformedError(self._where(path), "one block")
            value = unwrap(value[0]) if value else None  # pyright: ignore[reportUnknownArgumentType]
            if is_unknown(value):
                raise UndecidedError(self._where(path))
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise MalformedError(self._where(path), "a block")
        return View(value, self._where(path), self._reads)  # pyright: ignore[reportUnknownArgumentType]

    def nodes(self, path: str) -> list[View]:
        """A list of nested blocks; empty when missing. A single block counts as a list of one.

        An element that is not known yet is a view on which every reading is undecided.
        """
        value = self._find(path)
        if value is None:
            return []
        items: Sequence[object]
        if isinstance(value, Mapping):
            items = [value]  # pyright: ignore[reportUnknownVariableType]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            items = value  # pyright: ignore[reportUnknownVariableType]
        else:
            raise MalformedError(self._where(path), "a list of blocks")
        return [
            View(item, f"{self._where(path)}[{index}]", self._reads)  # pyright: ignore[reportUnknownArgumentType]
            for index, item in enumerate(items)  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
        ]

    def json(self, path: str) -> View | None:
        """The document in a JSON text, or None when missing. What can't be parsed is malformed."""
        text = self.text(path)
        return None if text is None else parse_document(text, self._where(path), self._reads)

    def documents(self, path: str) -> list[View]:
        """The documents in a list of JSON texts; empty when missing; undecided when one is not known yet."""
        where = self._where(path)
        texts = self.texts(path).all()
        return [parse_document(text, f"{where}[{index}]", self._reads) for index, text in enumerate(texts)]

    def direct(self, key: str) -> object:
        """The value of a key that may hold dots, without descending; None when missing."""
        node = unwrap(self._node)
        if not isinstance(node, Mapping):
            raise MalformedError(self.at, "a mapping")
        value = unwrap(node.get(key))  # pyright: ignore[reportUnknownMemberType,reportUnknownArgumentType]
        if is_unknown(value):
            raise UndecidedError(self._where(key))
        return value

    def without_secrets(self, message: str) -> str:
        """The message with every text that this block holds as a secret taken out."""
        for text in sorted({*secret_texts(self._node)} - {""}, key=len, reverse=True):
            if len(text) > 3:
                message = message.replace(text, "[secret]")
        return message

    def names(self) -> tuple[str, ...]:
        """Names of what this block holds, the provider's own bookkeeping (`__defaults`) left out."""
        node = unwrap(self._node)
        if is_unknown(node):
            raise UndecidedError(self.at)
        if not isinstance(node, Mapping):
            raise MalformedError(self.at, "a mapping")
        return tuple(str(key) for key in node if not str(key).startswith("__"))  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]


@lru_cache(maxsize=512)
def _parsed(text: str) -> object:
    """Several rules read the same document, and several resources carry the same; nobody changes it."""
    document: object = json.loads(text, object_pairs_hook=_once)
    return document


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A mapping of pairs. Raises ValueError for a name that stands twice: readers differ in which counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def parse_document(text: str, where: str, reads: set[str] | None = None) -> View:
    """A view on a JSON object given as text; undecided when an unknown stands inside it, else malformed."""
    if any(mark in text for mark in UNKNOWNS):
        raise UndecidedError(where)
    try:
        document = _parsed(text)
    except (ValueError, RecursionError):
        raise MalformedError(where, "JSON") from None
    if not isinstance(document, dict):
        raise MalformedError(where, "a JSON object")
    return View(document, f"{where}#", reads)  # pyright: ignore[reportUnknownArgumentType]


@dataclass(frozen=True)
class Options:
    """The options of a resource that a pack sees."""

    protect: bool = False
    ignore_changes: tuple[str, ...] = ()


class ResourceView(View):
    """One resource as a rule reads it: inputs for a resource rule, outputs in a stack rule's graph."""

    __slots__ = ("name", "options", "type", "urn")

    def __init__(
        self,
        urn: str,
        type_: str,
        name: str,
        properties: Mapping[str, object],
        options: Options | None = None,
        reads: set[str] | None = None,
    ) -> None:
        """`properties` by wire name; unknown leaves are the SDK's marker texts."""
        super().__init__(properties, "", reads)
        self.urn = urn
        self.type = type_
        self.name = name
        self.options = options or Options()

    def replaced(self, key: str, value: object) -> ResourceView:
        """The same resource with another value of one top-level property."""
        held = unwrap(self._node)
        properties = {**held, key: value} if isinstance(held, Mapping) else {key: value}  # pyright: ignore[reportUnknownVariableType]
        return ResourceView(self.urn, self.type, self.name, properties, self.options, self._reads)  # pyright: ignore[reportUnknownArgumentType]

    def clear_texts(self) -> Iterator[tuple[str, str]]:
        """Path and text of every known text of the resource that is not marked as a secret."""
        for path, text in clear_texts(self._node):
            self._note(path)
            yield path, text
