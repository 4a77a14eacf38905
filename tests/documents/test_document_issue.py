"""Issuing: three formats, versions by content, a register that loses nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from billing_identity.review.documents import docx_file, issuing, markdown, pdf_file
from billing_identity.review.documents.catalogue_documents import documents
from billing_identity.review.documents.model import Basis, Document, Issue, Row, Section, Statement, Table
from billing_identity.review.documents.register import RegisterError, read, years_after
from billing_identity.review.documents.writer import Grounds

ROOT = Path(__file__).resolve().parents[2]
COVER = Issue("Meridian Revenue Partners", "0123456789ab", "2026-11-24", "prod")
PERSON = (Basis("person", "controller", "Controller"),)


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A single small document, whose text the test may change."""
    said = ["Refunds are paid on Friday."]

    def made(grounds: Grounds) -> tuple[Document, ...]:
        return (
            Document("refunds", "Refunds", "Controller", (Section("When", (Statement(said[0], PERSON),)),)),
        )

    monkeypatch.setattr(issuing, "documents", made)
    return said


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "billing_identity.review.cli", "docs", "--as-of", "2026-11-24", *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def on(grounds: Grounds, day: str) -> Grounds:
    return dataclasses.replace(grounds, as_of=date.fromisoformat(day))


@pytest.mark.parametrize("render", [docx_file.render, pdf_file.render])
def test_same_content_gives_same_bytes(grounds: Grounds, render) -> None:
    document = documents(grounds)[1]
    assert render(document, COVER) == render(document, COVER)


def test_three_formats_say_the_same(grounds: Grounds) -> None:
    document = documents(grounds)[4]
    files = issuing.render(document, COVER)
    assert sorted(files) == [f"{document.id}.{ending}" for ending in ("docx", "md", "pdf")]
    opened = docx.Document(io.BytesIO(files[f"{document.id}.docx"]))
    word = "\n".join(
        [p.text for p in opened.paragraphs]
        + [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    )
    reader = PdfReader(io.BytesIO(files[f"{document.id}.pdf"]))
    pages = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert reader.metadata is not None and reader.metadata.title == document.title
    for item in document.items():
        texts = [item.text] if isinstance(item, Statement) else list(item.cells)
        for text in texts:
            assert text in word
            assert " ".join(text.split()[:5]) in pages or "".join(text.split()) in pages.replace(" ", "")


def test_hostile_text_and_foreign_letters_in_word_and_pdf() -> None:
    text = "<b>&amp;</b> \x07 \x1b[2J 医 " + "x" * 5000
    document = Document(
        "odd", "Odd", "Controller",
        (Section(text[:40], (Statement(text, PERSON), Table(("<i>A</i>",), (Row((text,), PERSON),)))),),
    )  # fmt: skip
    reader = PdfReader(io.BytesIO(pdf_file.render(document, COVER)))
    pages = "".join(page.extract_text() for page in reader.pages)
    assert "<b>&amp;</b>" in pages and "[U+533B]" in pages and "\x1b" not in pages
    opened = docx.Document(io.BytesIO(docx_file.render(document, COVER)))
    assert any("<b>&amp;</b>" in paragraph.text and "医" in paragraph.text for paragraph in opened.paragraphs)


def test_an_unchanged_document_keeps_its_version_and_day(
    grounds: Grounds, one: list[str], tmp_path: Path
) -> None:
    first = issuing.issue_all(on(grounds, "2026-11-24"), tmp_path)[0]
    register = (tmp_path / "register.json").read_bytes()
    again = issuing.issue_all(on(grounds, "2027-02-01"), tmp_path)[0]
    assert first.new and not again.new
    assert again.entry == first.entry
    assert (tmp_path / "register.json").read_bytes() == register


def test_a_new_version_closes_the_old_one_for_six_years(
    grounds: Grounds, one: list[str], tmp_path: Path
) -> None:
    issuing.issue_all(on(grounds, "2026-11-24"), tmp_path)
    one[0] = "Refunds are paid on Monday."
    issuing.issue_all(on(grounds, "2027-03-01"), tmp_path)
    old, new = read(tmp_path).documents["refunds"]
    assert (old.last_in_effect, old.keep_until) == (date(2027, 3, 1), date(2033, 3, 1))
    assert (new.last_in_effect, new.keep_until) == (None, None)
    for entry, text in ((old, "Friday"), (new, "Monday")):
        for name, digest in entry.files.items():
            content = (tmp_path / "refunds" / entry.folder / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest
        assert text in (tmp_path / "refunds" / entry.folder / "refunds.md").read_text(encoding="utf-8")


def test_the_version_follows_content_and_not_the_day(grounds: Grounds) -> None:
    document = documents(grounds)[1]
    number = issuing.version(document, "A", "prod")
    assert number == issuing.version(document, "A", "prod")
    assert number != issuing.version(document, "B", "prod")
    assert number != issuing.version(dataclasses.replace(document, owner="Somebody"), "A", "prod")
    assert COVER.issued not in markdown.body(document)


def test_six_years_from_a_leap_day_end_no_day_early() -> None:
    assert years_after(date(2028, 2, 29), 6) == date(2034, 3, 1)
    assert years_after(date(2026, 11, 24), 6) == date(2032, 11, 24)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda root: (root / "register.json").write_text("{"), "not a register"),
        (
            lambda root: (root / "register.json").write_text('{"documents": {"refunds": [{}]}}'),
            "not a register",
        ),
        (
            lambda root: next(root.glob("refunds/*/refunds.pdf")).write_bytes(b"x"),
            "changed since it was issued",
        ),
        (lambda root: next(root.glob("refunds/*/refunds.md")).unlink(), "in effect and missing"),
    ],
)
def test_a_tampered_folder_is_refused_and_left_alone(
    grounds: Grounds, one: list[str], tmp_path: Path, spoil, says: str
) -> None:
    issuing.issue_all(on(grounds, "2026-11-24"), tmp_path)
    spoil(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    one[0] = "Refunds are paid on Monday."
    with pytest.raises(RegisterError, match=says):
        issuing.issue_all(on(grounds, "2026-11-25"), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_no_issue_before_the_last_one(grounds: Grounds, one: list[str], tmp_path: Path) -> None:
    issuing.issue_all(on(grounds, "2026-11-24"), tmp_path)
    one[0] = "Refunds are paid on Monday."
    with pytest.raises(RegisterError, match="would precede it"):
        issuing.issue_all(on(grounds, "2026-11-23"), tmp_path)


def test_the_command_issues_and_says_so(tmp_path: Path) -> None:
    out = tmp_path / "documents"
    done = run("--out", str(out), "--format", "json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["documents"]
    assert len(rows) == 9 and all(row["new"] for row in rows)
    for row in rows:
        assert sorted(Path(name).suffix for name in row["files"]) == [".docx", ".md", ".pdf"]
        assert all(Path(name).is_file() for name in row["files"])


def test_a_blocked_catalogue_issues_nothing(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    shutil.copytree(ROOT / "roles" / "catalogue", catalogue)
    poster = catalogue / "roles" / "payment-poster.yaml"
    text = poster.read_text(encoding="utf-8")
    poster.write_text(
        text.replace(
            "grants:\n",
            "grants:\n  - { entitlement: athenaone/refund-approval, rationale: A try., since: 2026-11-01 }\n",
        ),
        encoding="utf-8",
    )
    done = run("--catalogue", str(catalogue), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "No document was issued" in done.stderr
    assert not (tmp_path / "out").exists()
