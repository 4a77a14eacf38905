"""A comment in Markdown that fits, whatever the size of what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 65_000
"""Characters; GitHub refuses a comment of more than 65,536."""


@dataclass(frozen=True)
class Entry:
    """One point of a list, and what is folded away beneath the list; both already Markdown, one line each."""

    text: str
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A heading and a list. A `folded` block is closed until somebody opens it."""

    title: str
    entries: tuple[Entry, ...]
    folded: bool = False


def fitted(head: str, blocks: Sequence[Block], foot: str, limit: int = LIMIT) -> str:
    """The document, at most `limit` characters long.

    What does not fit is left out in this order: details, then the ends of the longest lists; each list says
    how many of its points are missing. `head` and `foot` are kept whole and must fit by themselves.
    """
    for detailed in (True, False):
        most = max((len(block.entries) for block in blocks), default=0)
        whole = _document(head, blocks, foot, most, detailed=detailed)
        if len(whole) <= limit:
            return whole
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if len(_document(head, blocks, foot, middle, detailed=False)) <= limit:
            low = middle
        else:
            high = middle - 1
    return _document(head, blocks, foot, low, detailed=False)


def _document(head: str, blocks: Sequence[Block], foot: str, most: int, *, detailed: bool) -> str:
    parts = [head.rstrip()]
    parts += [_block(block, most, detailed=detailed) for block in blocks if block.entries]
    parts.append(foot.strip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, most: int, *, detailed: bool) -> str:
    shown = block.entries[:most]
    left = len(block.entries) - len(shown)
    rest = f"- {left:,} more: see the full report (`--format json`)" if left else ""
    if block.folded:
        lines = [line for entry in shown for line in (f"- {entry.text}", *_nested(entry, detailed))]
        return _folded(f"{block.title} ({len(block.entries):,})", "\n".join(filter(None, (*lines, rest))))
    listing = "\n".join([f"{number}. {entry.text}" for number, entry in enumerate(shown, 1)])
    more = [
        line
        for number, entry in enumerate(shown, 1)
        for line in (f"- About {number}:", *_nested(entry, detailed))
        if detailed and entry.detail
    ]
    parts = [f"### {block.title}", listing, rest, _folded("Details", "\n".join(more)) if more else ""]
    return "\n\n".join(part for part in parts if part)


def _nested(entry: Entry, detailed: bool) -> list[str]:
    return [f"  - {line}" for line in entry.detail] if detailed else []


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"
