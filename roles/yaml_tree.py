"""Reads one YAML file into plain data that remembers where each value stood.

Works on the parser's events, so that depth, size, tags and aliases are refused before anything is built.
Scalars follow YAML 1.2's core schema: only `true`, `false`, `null`, numbers; `no` and `12:30` stay text.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from billing_identity.roles.problems import Location, Problem

MAX_BYTES = 1_000_000
"""Largest catalogue file, in bytes. The longest in the reference organisation is under 40,000."""
MAX_DEPTH = 24
"""Deepest nesting. The models go 8 deep."""

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Steps = tuple[str | int, ...]


@dataclass
class Tree:
    """The content of a file: `data` as dicts, lists and scalars; `places` by path of keys and indexes."""

    file: str
    data: Any = None
    places: dict[Steps, Location] = field(default_factory=dict[Steps, Location])
    problems: list[Problem] = field(default_factory=list[Problem])

    def locate(self, path: Steps) -> Location:
        """Where the value at `path` stands; for a path that is not there, its nearest parent."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location(self.file))

    def scalars(self) -> Iterator[tuple[Steps, str]]:
        """Every text value, with its path."""
        stack: list[tuple[Steps, Any]] = [((), self.data)]
        while stack:
            path, value = stack.pop()
            if isinstance(value, dict):
                items: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
                stack.extend(((*path, key), item) for key, item in items.items())
            elif isinstance(value, list):
                entries: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
                stack.extend(((*path, index), item) for index, item in enumerate(entries))
            elif isinstance(value, str):
                yield path, value


def _scalar(text: str, plain: bool) -> Any:  # noqa: ANN401
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) < 19:
        return int(text)
    if _FLOAT.match(text) and not _INT.match(text):
        return float(text)
    return text


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass
class _Open:
    """A collection that is still being read."""

    value: dict[str, Any] | list[Any]
    path: Steps
    key: str | None = None


class _Builder:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.open: list[_Open] = []
        self.documents = 0

    def at(self, mark: Any) -> Location:  # noqa: ANN401
        """A parser's mark (counted from 0, or none) as a location."""
        return Location(self.tree.file, mark.line + 1, mark.column + 1) if mark else Location(self.tree.file)

    def refuse(self, mark: Any, code: str, message: str, remedy: str) -> _RefusedError:  # noqa: ANN401
        place = self.at(mark)
        return _RefusedError(Problem.at(place, code=code, message=message, remedy=remedy))

    def place(self, value: Any, event: yaml.Event) -> Steps:  # noqa: ANN401
        """Puts a finished value or an opened collection into its parent; returns its path."""
        mark = event.start_mark
        location = self.at(mark)
        if not self.open:
            self.tree.data = value
            self.tree.places[()] = location
            return ()
        top = self.open[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        elif top.key is None:
            if not isinstance(value, str):
                raise self.refuse(
                    mark, "yaml-key", "a key is not text", 'write the key as a word, or put it in "quotes"'
                )
            if value in top.value:
                raise self.refuse(
                    mark,
                    "yaml-duplicate-key",
                    f"the key `{_short(value)}` stands twice in this mapping",
                    "keep one of them",
                )
            top.key = value
            path = (*top.path, value)
            top.value[value] = None
        else:
            path = (*top.path, top.key)
            top.value[top.key] = value
            top.key = None
            return path  # the key's own place is the better one to point at
        self.tree.places[path] = location
        return path

    def handle(self, event: yaml.Event) -> None:
        anchor: str | None = getattr(event, "anchor", None)
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or anchor is not None:
            raise self.refuse(
                mark, "yaml-alias", "anchors and aliases are not read", "write the value out where it is used"
            )
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            raise self.refuse(mark, "yaml-tag", f"the tag `{_short(tag)}` is not read", "remove the tag")
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.refuse(
                    mark,
                    "yaml-documents",
                    "a second document starts here",
                    "one entity a file: split the file",
                )
        elif isinstance(event, yaml.ScalarEvent):
            self.place(_scalar(event.value, event.implicit[0]), event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(self.open) >= MAX_DEPTH:
                raise self.refuse(
                    mark, "yaml-depth", f"nested more than {MAX_DEPTH} deep", "flatten the file"
                )
            value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.open.append(_Open(value, self.place(value, event)))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.open.pop()


def _short(text: str) -> str:
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable if len(printable) <= 60 else printable[:57] + "..."


def read_tree(path: FilePath, name: str) -> Tree:
    """Reads `path`; `name` is how problems call it. Never raises: what is wrong is in `Tree.problems`."""
    tree = Tree(name)

    def fail(code: str, message: str, remedy: str, line: int = 1, column: int = 1) -> Tree:
        tree.problems.append(
            Problem.at(Location(name, line, column), code=code, message=message, remedy=remedy)
        )
        return tree

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return fail("file-unreadable", "this is no regular file", "put a YAML file here")
        if status.st_size > MAX_BYTES:
            return fail(
                "file-size",
                f"the file has {status.st_size:,} bytes, more than {MAX_BYTES:,}",
                "split it: one entity a file",
            )
        raw = path.read_bytes()
    except OSError as error:
        return fail(
            "file-unreadable", f"the file can't be read: {error.strerror}", "check that it is a readable file"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return fail("file-encoding", f"byte {error.start:,} is not UTF-8", "save the file as UTF-8", line)
    return read_text(text, tree)


def read_text(text: str, tree: Tree) -> Tree:
    """Reads YAML text into `tree`; see `read_tree`."""
    builder = _Builder(tree)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.handle(event)
    except _RefusedError as refusal:
        tree.data = None
        tree.problems.append(refusal.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = builder.at(mark)
        tree.data = None
        said = _short(error.problem or error.context or "not YAML")
        tree.problems.append(
            Problem.at(
                place,
                code="yaml-syntax",
                message=f"not valid YAML: {said}",
                remedy="correct the syntax here or just above",
            )
        )
    except yaml.YAMLError:
        tree.data = None
        tree.problems.append(
            Problem.at(
                Location(tree.file),
                code="yaml-syntax",
                message="the file holds characters that YAML does not allow",
                remedy="save it as plain UTF-8 text without control characters",
            )
        )
    return tree
