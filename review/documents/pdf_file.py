"""A document as PDF, the same bytes for the same content. Fonts are embedded."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import LETTER, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from billing_identity.review.console import plain
from billing_identity.review.documents.model import (
    MARKS,
    Document,
    Issue,
    Statement,
    Table,
    cover,
    marks,
)

_FONT, _BOLD, _ITALIC = "Vera", "VeraBd", "VeraIt"
_PAGE = landscape(LETTER)
_MARGIN = 0.7 * inch
_INK, _GREY, _LINE, _SHADE = (colors.HexColor(item) for item in ("#1a202c", "#4a5568", "#cbd5e0", "#edf2f7"))

_TEXT = ParagraphStyle("text", fontName=_FONT, fontSize=9, leading=12.5, textColor=_INK, alignment=TA_LEFT)
_BULLET = ParagraphStyle("bullet", parent=_TEXT, leftIndent=12, bulletIndent=2, spaceAfter=3)
_CELL = ParagraphStyle("cell", parent=_TEXT, fontSize=7.2, leading=9.4, wordWrap=None)
_HEAD = ParagraphStyle("head", parent=_CELL, fontName=_BOLD)
_TITLE = ParagraphStyle("title", parent=_TEXT, fontName=_BOLD, fontSize=20, leading=26, spaceAfter=10)
_SECTION = ParagraphStyle(
    "section", parent=_TEXT, fontName=_BOLD, fontSize=12.5, leading=16, spaceBefore=14, spaceAfter=6
)
_LONGEST_CELL = 1800
"""Characters of a cell after which it goes on in the next row: a row can't be higher than a page."""


@cache
def _fonts() -> frozenset[int]:
    """Registers the fonts that come with reportlab; the characters that they can show."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (_FONT, _BOLD, _ITALIC):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))  # pyright: ignore[reportUnknownMemberType]
    pdfmetrics.registerFontFamily(  # pyright: ignore[reportUnknownMemberType]
        _FONT, normal=_FONT, bold=_BOLD, italic=_ITALIC, boldItalic=_BOLD
    )
    return frozenset(pdfmetrics.getFont(_FONT).face.charToGlyph)  # pyright: ignore


def _text(text: str) -> str:
    """Text for a paragraph: no markup; a character that the font lacks by its code point."""
    known = _fonts()
    return escape(
        "".join(
            character if ord(character) in known or character == "\n" else f"[U+{ord(character):04X}]"
            for character in plain(text)
        )
    )


def render(document: Document, issue: Issue) -> bytes:
    """The file's content."""
    _fonts()
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=_PAGE,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=plain(document.title),
        author=plain(issue.company),
        subject=f"Version {issue.version}, issued {issue.issued}",
        lang="en-US",
        invariant=1,
    )

    def footer(canvas: Canvas, _: object) -> None:
        canvas.setFont(_FONT, 7)
        canvas.setFillColor(_GREY)
        left = (
            f"{plain(issue.company)}: {plain(document.title)}, version {issue.version}, issued {issue.issued}"
        )
        canvas.drawString(_MARGIN, 0.42 * inch, left[:180])
        canvas.drawRightString(_PAGE[0] - _MARGIN, 0.42 * inch, f"Page {canvas.getPageNumber()}")

    template.build(_story(document, issue), onFirstPage=footer, onLaterPages=footer)
    return buffer.getvalue()


def _story(document: Document, issue: Issue) -> list[Flowable]:
    story: list[Flowable] = [
        Paragraph(_text(document.title), _TITLE),
        _grid(None, [(name, value) for name, value in cover(document, issue)]),
        Spacer(1, 10),
        _grid(("Mark", "Meaning"), list(MARKS)),
    ]
    for section in document.sections:
        if not section.blocks:
            continue
        story.append(Paragraph(_text(section.title), _SECTION))
        for block in section.blocks:
            if isinstance(block, Statement):
                note = (
                    f'<font size="7" color="#4a5568"> [{_text(marks(block.bases, block.citations))}]</font>'
                )
                story.append(Paragraph(f"{_text(block.text)}{note}", _BULLET, bulletText="\N{BULLET}"))
            else:
                story += [Spacer(1, 4), _table(block), Spacer(1, 8)]
    return story


def _table(table: Table) -> LongTable:
    rows = [(*row.cells, marks(row.bases, row.citations)) for row in table.rows]
    return _grid((*table.columns, "Rests on"), rows)


def _grid(columns: tuple[str, ...] | None, rows: list[tuple[str, ...]]) -> LongTable:
    width = _PAGE[0] - 2 * _MARGIN
    count = len(rows[0])
    shares = _shares([*([columns] if columns else []), *rows], count)
    cells = [[Paragraph(_text(text), _HEAD) for text in columns]] if columns else []
    for row in rows:
        for part in _parts(row):
            cells.append(
                [Paragraph(_text(text), _HEAD if number == 0 else _CELL) for number, text in enumerate(part)]
            )
    grid = LongTable(cells, colWidths=[width * share for share in shares], repeatRows=1 if columns else 0)
    grid.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                *([("BACKGROUND", (0, 0), (-1, 0), _SHADE)] if columns else []),
            ]
        )
    )
    return grid


def _shares(rows: list[tuple[str, ...]], count: int) -> list[float]:
    """Widths of columns by how much text they hold, none below a floor."""
    weights = [max(min(max(len(row[number]) for row in rows), 90), 12) ** 0.75 for number in range(count)]
    total = sum(weights)
    return [weight / total for weight in weights]


def _parts(row: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A row cut where a cell is longer than a page could hold."""
    longest = max(len(text) for text in row)
    return [
        tuple(text[start : start + _LONGEST_CELL] for text in row)
        for start in range(0, max(longest, 1), _LONGEST_CELL)
    ]
