"""What a document is: sections of statements and tables, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

BasisKind = Literal["resource", "rule", "check", "person"]
"""`resource`: the program declares it. `rule`: the policy pack refuses anything else. `check`: the catalogue
is refused unless it says so, which proves what is recorded and not what is done. `person`: nothing enforces
it; somebody must do it."""

LABELS: dict[BasisKind, str] = {
    "resource": "Enforced by resource",
    "rule": "Enforced by rule",
    "check": "Checked by",
    "person": "A person must do this:",
}
"""How a basis reads in every format; its id or the role's title follows."""


@dataclass(frozen=True, order=True)
class Basis:
    """One thing that a statement rests on."""

    kind: BasisKind
    id: str
    """Pulumi type token, rule id, check id, or role id."""
    title: str = ""
    """For a person: the role's title."""


@dataclass(frozen=True)
class Statement:
    """One sentence. `bases` is never empty; `citations` are ids of the citation registry."""

    text: str
    bases: tuple[Basis, ...]
    citations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.bases:
            raise ValueError(f"a statement rests on nothing: {self.text}")


@dataclass(frozen=True)
class Row:
    """One row of a table: a cell a column, and what the row rests on."""

    cells: tuple[str, ...]
    bases: tuple[Basis, ...]
    citations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.bases:
            raise ValueError(f"a row rests on nothing: {self.cells}")


@dataclass(frozen=True)
class Table:
    """A table. What the rows rest on is one more column at its end."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells for {len(self.columns)} columns: {row.cells}")


Block = Statement | Table


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. A section without blocks is left out."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """One document before it is issued."""

    id: str
    """File name without ending, for example `mfa-policy`."""
    title: str
    owner: str
    """Title of the role that answers for it."""
    sections: tuple[Section, ...]

    def blocks(self) -> Iterator[Block]:
        """Every block in order."""
        for section in self.sections:
            yield from section.blocks

    def items(self) -> Iterator[Statement | Row]:
        """Every statement, and every row of every table."""
        for block in self.blocks():
            if isinstance(block, Table):
                yield from block.rows
            else:
                yield block


@dataclass(frozen=True)
class Issue:
    """What the cover of an issued document says."""

    company: str
    version: str
    """First twelve hexadecimal digits of the content's SHA-256; the day is no part of it."""
    issued: str
    """YYYY-MM-DD."""
    environment: str


def cover(document: Document, issue: Issue) -> tuple[tuple[str, str], ...]:
    """Name and value pairs of the cover, the same in every format."""
    return (
        ("Company", issue.company),
        ("Answers for this document", document.owner),
        ("Version", issue.version),
        ("Issued", issue.issued),
        ("Environment", issue.environment),
    )


MARKS: tuple[tuple[str, str], ...] = (
    ("Enforced by resource", "declared to the provider by every deployment; a change outside of it is drift"),
    ("Enforced by rule", "a change that breaks it is refused before it is deployed"),
    ("Checked by", "the catalogue is refused unless it records it; that it is done, a person sees to"),
    ("A person must do this", "nothing enforces it; the role named answers for it"),
)
"""What the marks mean: mark and explanation."""


def marks(bases: tuple[Basis, ...], citations: tuple[str, ...]) -> str:
    """What a statement rests on, for people: `Checked by a, b; 45 CFR 164.312(d)`."""
    parts: list[str] = []
    for kind, label in LABELS.items():
        same = [basis.title or basis.id for basis in bases if basis.kind == kind]
        if same:
            parts.append(f"{label} {', '.join(same)}")
    return "; ".join([*parts, *([cited(citations)] if citations else [])])


def cited(citations: tuple[str, ...]) -> str:
    """Citations for people: `45 CFR 164.312(d), MS.AAD.3.1v1`."""
    return ", ".join(f"45 CFR {item}" if item.startswith("164.") else item for item in citations)
