"""The register of issued documents: which version was in effect when, and until when it is kept.

`register.json` beside the documents. A version leaves it never; a document's newest entry is in effect.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

FILE = "register.json"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class RegisterError(Exception):
    """The register or a document that it names is not as it was written; nothing was issued."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Strict):
    """One issued version. `last_in_effect` and `keep_until` are None while it is in effect."""

    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    issued: date
    last_in_effect: date | None = None
    keep_until: date | None = None
    """Six years, or what the access policy says, after it was last in effect (164.316(b)(2)(i))."""
    files: dict[Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.(md|docx|pdf)$")], Sha256]

    @property
    def folder(self) -> str:
        """Name of the folder of this version, below the document's."""
        return f"{self.issued.isoformat()}-{self.version}"


class Register(_Strict):
    """All entries, oldest first, by document."""

    format: int = Field(default=1, ge=1, le=1)
    documents: dict[Annotated[str, StringConstraints(pattern=r"^[a-z-]+$")], tuple[Entry, ...]] = Field(
        default={}
    )

    def current(self, document: str) -> Entry | None:
        """The version in effect; None before the first issue."""
        entries = self.documents.get(document, ())
        return entries[-1] if entries else None


def read(folder: Path) -> Register:
    """The register of a folder; an empty one where there is none.

    Raises RegisterError for a file that is not a register, and for a document of the version in effect that
    is missing or was changed since it was issued.
    """
    path = folder / FILE
    if not path.exists():
        return Register()
    try:
        register = Register.model_validate_json(path.read_bytes())
    except (ValidationError, OSError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error.strerror
        raise RegisterError(f"{path}: not a register of documents ({reason})") from None
    for document in register.documents:
        entry = register.current(document)
        for name, digest in (entry.files if entry else {}).items():
            verify(folder / document / (entry.folder if entry else "") / name, digest)
    return register


def verify(path: Path, digest: str) -> None:
    """Raises RegisterError for a document that is missing or is not what was issued."""
    if not path.is_file():
        raise RegisterError(f"{path}: in effect and missing; put it back from the locked store")
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise RegisterError(f"{path}: changed since it was issued; put it back from the locked store")


def issue(register: Register, document: str, entry: Entry, years: int) -> Register:
    """The register with a new version in effect; the one before it is closed on the day of issue.

    Raises RegisterError for a day before the last issue.
    """
    entries = list(register.documents.get(document, ()))
    if entries:
        before = entries[-1]
        if entry.issued < before.issued:
            raise RegisterError(
                f"{document}: issued last on {before.issued}; an issue as of {entry.issued} would precede it"
            )
        entries[-1] = before.model_copy(
            update={"last_in_effect": entry.issued, "keep_until": years_after(entry.issued, years)}
        )
    return register.model_copy(update={"documents": {**register.documents, document: (*entries, entry)}})


def years_after(day: date, years: int) -> date:
    """The same day so many years on; 1 March for 29 February, so that nothing ends early."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def text(register: Register) -> str:
    """The file's content."""
    return json.dumps(register.model_dump(mode="json"), indent=2, sort_keys=True) + "\n"


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file by its name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
