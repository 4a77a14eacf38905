"""`billing-identity docs`: issues the documents of a company into a folder, versioned by content."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from billing_identity.review.documents import docx_file, markdown, pdf_file
from billing_identity.review.documents.catalogue_documents import declared, documents
from billing_identity.review.documents.model import Document, Issue
from billing_identity.review.documents.register import FILE, Entry, Register, digests, issue, read, text
from billing_identity.review.documents.writer import Grounds
from billing_identity.review.previewing import Outcome


@dataclass(frozen=True)
class Issued:
    """What became of one document. `new` is false where its version is in effect already."""

    document: Document
    entry: Entry
    new: bool
    enforced: int
    """Statements and rows that a resource or a rule enforces, among `statements`."""
    checked: int
    """Further ones that a check of the catalogue holds."""
    by_people: int
    """Further ones that only people see to."""

    @property
    def statements(self) -> int:
        """All of them."""
        return self.enforced + self.checked + self.by_people


def grounds_of(outcome: Outcome) -> Grounds:
    """What documents can rest on. Raises ValueError for an outcome without a preview."""
    if outcome.catalogue is None or outcome.preview is None:
        raise ValueError("nothing was previewed")
    return Grounds(
        catalogue=outcome.catalogue,
        as_of=outcome.request.as_of,
        environment=outcome.environment,
        resources=declared(outcome.preview),
    )


def version(document: Document, company: str, environment: str) -> str:
    """First twelve hexadecimal digits of the content's SHA-256; the day of issue is no part of it."""
    parts = (company, environment, document.title, document.owner, markdown.body(document))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def render(document: Document, cover: Issue) -> dict[str, bytes]:
    """The three files by name."""
    return {
        f"{document.id}.md": markdown.render(document, cover).encode(),
        f"{document.id}.docx": docx_file.render(document, cover),
        f"{document.id}.pdf": pdf_file.render(document, cover),
    }


def issue_all(grounds: Grounds, folder: Path) -> tuple[Issued, ...]:
    """Issues every document whose content changed; the others stay as they are.

    Everything is rendered before anything is written, and the register is replaced last.
    Raises RegisterError for a register or document that was tampered with, OSError for a folder that can't
    be written.
    """
    register = read(folder)
    company = grounds.catalogue.organisation.company
    years = grounds.catalogue.access_policy.retention.documents_years
    results: list[Issued] = []
    pending: dict[Path, bytes] = {}
    for document in documents(grounds):
        number = version(document, company, grounds.environment)
        current = register.current(document.id)
        new = current is None or current.version != number
        entry = current
        if entry is None or new:
            files = render(document, Issue(company, number, grounds.as_of.isoformat(), grounds.environment))
            entry = Entry(version=number, issued=grounds.as_of, files=digests(files))
            register = issue(register, document.id, entry, years)
            pending |= {
                folder / document.id / entry.folder / name: content for name, content in files.items()
            }
        results.append(Issued(document, entry, new, *_counts(document)))
    _write(folder, pending, register)
    return tuple(results)


def _counts(document: Document) -> tuple[int, int, int]:
    enforced = checked = people = 0
    for item in document.items():
        kinds = {basis.kind for basis in item.bases}
        enforced += bool(kinds & {"resource", "rule"})
        checked += not kinds & {"resource", "rule"} and "check" in kinds
        people += kinds == {"person"}
    return enforced, checked, people


def _write(folder: Path, files: dict[Path, bytes], register: Register) -> None:
    for path, content in files.items():
        _replace(path, content)
    if files:
        _replace(folder / FILE, text(register).encode())


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
        handle.write(content)
    temporary = Path(handle.name)
    temporary.chmod(0o644)
    temporary.replace(path)


def as_json(issued: Iterable[Issued], folder: Path) -> str:
    """For machines."""
    rows = [
        {
            "id": item.document.id,
            "title": item.document.title,
            "version": item.entry.version,
            "issued": item.entry.issued.isoformat(),
            "new": item.new,
            "files": {
                str(folder / item.document.id / item.entry.folder / name): digest
                for name, digest in item.entry.files.items()
            },
            "statements": {
                "enforced": item.enforced,
                "checked": item.checked,
                "byPeople": item.by_people,
            },
        }
        for item in issued
    ]
    return json.dumps({"documents": rows}, indent=2, sort_keys=True)
