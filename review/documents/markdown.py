"""A document as Markdown. Text from the catalogue is escaped: it is never markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from billing_identity.review.console import plain
from billing_identity.review.documents.model import (
    MARKS,
    Basis,
    Block,
    Document,
    Issue,
    Statement,
    Table,
    cover,
    marks,
)

_SPECIAL = re.compile(r"([\\`*_\[\]#|~])")
_LINE_START = re.compile(r"^([-+>]|\d+[.)])")


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line: no markup, no HTML, no control character."""
    flat = " ".join(plain(text).split())
    marked = _SPECIAL.sub(r"\\\1", html.escape(flat, quote=False))
    return _LINE_START.sub(r"\\\1", marked)


def body(document: Document) -> str:
    """Everything but the cover: what the version is computed from."""
    return "\n".join(_body(document)) + "\n"


def render(document: Document, issue: Issue) -> str:
    """The whole document."""
    lines = [f"# {escape(document.title)}", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {escape(value)} |" for name, value in cover(document, issue)]
    lines += ["", "| Mark | Meaning |", "| --- | --- |"]
    lines += [f"| {mark} | {meaning} |" for mark, meaning in MARKS]
    return "\n".join([*lines, "", body(document)])


def _body(document: Document) -> Iterator[str]:
    for section in document.sections:
        if not section.blocks:
            continue
        yield f"## {escape(section.title)}"
        yield ""
        for index, block in enumerate(section.blocks):
            yield from _block(block)
            following = section.blocks[index + 1] if index + 1 < len(section.blocks) else None
            if isinstance(block, Table) or not isinstance(following, Statement):
                yield ""


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Statement):
        yield f"- {escape(block.text)} {_marks(block.bases, block.citations)}"
        return
    yield "| " + " | ".join([*(escape(column) for column in block.columns), "Rests on"]) + " |"
    yield "| " + " | ".join(["---"] * (len(block.columns) + 1)) + " |"
    for row in block.rows:
        cells = [escape(cell) for cell in row.cells]
        yield "| " + " | ".join([*cells, _marks(row.bases, row.citations)]) + " |"


def _marks(bases: tuple[Basis, ...], citations: tuple[str, ...]) -> str:
    return f"*\\[{escape(marks(bases, citations))}\\]*"
