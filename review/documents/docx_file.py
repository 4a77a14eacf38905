"""A document as DOCX, the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement  # pyright: ignore[reportUnknownVariableType]
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from billing_identity.review.console import plain
from billing_identity.review.documents.model import (
    MARKS,
    Basis,
    Document,
    Issue,
    Statement,
    Table,
    cover,
    marks,
)

_GREY = RGBColor(0x4A, 0x55, 0x68)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(document: Document, issue: Issue) -> bytes:
    """The file's content."""
    made = docx.Document()
    _styles(made)
    made.add_heading(document.title, level=0)
    _grid(made, ("", ""), [(name, value) for name, value in cover(document, issue)], heading=False)
    made.add_paragraph()
    _grid(made, ("Mark", "Meaning"), list(MARKS))
    for section in document.sections:
        if not section.blocks:
            continue
        made.add_heading(plain(section.title), level=1)
        for block in section.blocks:
            if isinstance(block, Statement):
                paragraph = made.add_paragraph(style="List Bullet")
                paragraph.add_run(plain(block.text))
                _marks(paragraph, block.bases, block.citations)
            else:
                _table(made, block)
                made.add_paragraph()
    when = datetime.fromisoformat(issue.issued)
    core = made.core_properties
    core.title, core.author, core.subject = document.title, plain(issue.company)[:200], issue.version
    core.created = core.modified = when
    core.last_modified_by, core.revision = plain(issue.company)[:200], 1
    buffer = io.BytesIO()
    made.save(buffer)
    return _undated(buffer.getvalue())


def _styles(made: DocxDocument) -> None:
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10)  # pyright: ignore[reportAttributeAccessIssue,reportUnknownMemberType]
    for part in made.sections:
        part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Pt(54)


def _marks(paragraph: Paragraph, bases: tuple[Basis, ...], citations: tuple[str, ...]) -> None:
    run = paragraph.add_run(f" [{plain(marks(bases, citations))}]")
    run.italic = True
    run.font.size, run.font.color.rgb = Pt(8), _GREY


def _table(made: DocxDocument, table: Table) -> None:
    rows = [(*row.cells, marks(row.bases, row.citations)) for row in table.rows]
    _grid(made, (*table.columns, "Rests on"), rows)


def _grid(
    made: DocxDocument, columns: tuple[str, ...], rows: list[tuple[str, ...]], *, heading: bool = True
) -> None:
    grid = made.add_table(rows=int(heading), cols=len(columns))
    grid.style = "Light Grid Accent 1" if heading else "Table Grid"
    if heading:
        for cell, text in zip(grid.rows[0].cells, columns, strict=True):
            cell.text = plain(text)
        # A heading row that repeats on every page; python-docx has no property for it.
        properties = grid.rows[0]._tr.get_or_add_trPr()  # pyright: ignore[reportPrivateUsage]
        properties.append(OxmlElement("w:tblHeader"))  # pyright: ignore[reportUnknownMemberType]
    for row in rows:
        cells = grid.add_row().cells
        for number, (cell, text) in enumerate(zip(cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(plain(text))
            run.font.size = Pt(8)
            run.bold = number == 0


def _undated(content: bytes) -> bytes:
    """The same archive with every member dated by the format's epoch: its bytes depend on content only."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name))
    return buffer.getvalue()
