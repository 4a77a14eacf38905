"""Issued documents on their way into the locked bucket: what is sent, and how long each file is kept there.

S3 counts a lock from a day that is named when a file arrives, but a document is kept for six years after it
was last in effect (45 CFR 164.316(b)(2)(i)), a day that is not known then. So every run locks what is in
effect for six years from now, and what was replaced until the day that the register names. Each day is later
than the one before, and a lock in COMPLIANCE mode only takes a later one.
"""

from __future__ import annotations

import base64
import json
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from billing_identity.review.documents.register import (
    FILE,
    Entry,
    Register,
    RegisterError,
    digests,
    verify,
    years_after,
)

_SECONDS = 120


@dataclass(frozen=True)
class Place:
    """Where documents are kept."""

    bucket: str
    account: str
    """Twelve digits: whose bucket it must be."""
    region: str
    mode: str
    """COMPLIANCE or GOVERNANCE, as the bucket has it."""


@dataclass(frozen=True)
class Step:
    """One file: added, or its lock extended where it was added before."""

    document: str
    entry: Entry | None
    """None for the register."""
    key: str
    until: date
    """Last day on which nothing can delete it."""
    path: Path | None
    """None where this folder has the file no longer; then it must be in the bucket."""
    digest: str
    """SHA-256, hexadecimal."""

    def add(self, place: Place) -> tuple[str, ...]:
        """Arguments of the AWS CLI that add the file, refused where it is already. `path` must be there."""
        return (
            *("s3api", "put-object", *self._which(place), "--body", str(self.path), "--if-none-match", "*"),
            *("--checksum-algorithm", "SHA256"),
            *("--checksum-sha256", base64.b64encode(bytes.fromhex(self.digest)).decode()),
            *("--object-lock-mode", place.mode, "--object-lock-retain-until-date", self._end()),
        )

    def extend(self, place: Place) -> tuple[str, ...]:
        """Arguments of the AWS CLI that extend the lock."""
        lock = f"Mode={place.mode},RetainUntilDate={self._end()}"
        return ("s3api", "put-object-retention", *self._which(place), "--retention", lock)

    def _which(self, place: Place) -> tuple[str, ...]:
        return (
            *("--region", place.region, "--bucket", place.bucket, "--key", self.key),
            *("--expected-bucket-owner", place.account),
        )

    def _end(self) -> str:
        return f"{self.until + timedelta(days=1)}T00:00:00Z"


def plan(folder: Path, register: Register, as_of: date, years: int) -> tuple[Step, ...]:
    """Every version that is still to be kept, oldest first, then the register, which names them.

    Raises RegisterError for a register without documents, a day before the last issue, and a file that was
    changed.
    """
    if not register.documents:
        raise RegisterError(f"{folder / FILE}: no document was issued here; run `billing-identity docs`")
    last = max(entries[-1].issued for entries in register.documents.values())
    if as_of < last:
        raise RegisterError(
            f"{folder / FILE}: issued last on {last}; a lock as of {as_of} would be too short"
        )
    kept = years_after(as_of, years)
    found = [
        step
        for document, entries in sorted(register.documents.items())
        for entry in entries
        if entry.keep_until is None or entry.keep_until >= as_of
        for step in _version(folder, document, entry, entry.keep_until or kept)
    ]
    (digest,) = digests({FILE: (folder / FILE).read_bytes()}).values()
    key = f"register/{as_of}-{digest[:12]}.json"
    return (*found, Step("register", None, key, kept, folder / FILE, digest))


def _version(folder: Path, document: str, entry: Entry, until: date) -> Iterator[Step]:
    for name, digest in sorted(entry.files.items()):
        key = f"{document}/{entry.folder}/{name}"
        path = folder / key
        there = path.exists() or entry.keep_until is None
        if there:
            verify(path, digest)
        yield Step(document, entry, key, until, path if there else None, digest)


class StoreError(Exception):
    """The bucket did not take a file; what came before it is there, and another run goes on from here."""


Call = Callable[[Sequence[str]], tuple[int, str]]
"""Runs the AWS CLI with these arguments; its exit code and what it said on standard error."""


def aws(arguments: Sequence[str]) -> tuple[int, str]:
    """Runs the AWS CLI. Raises StoreError when it is not installed or does not answer."""
    program = shutil.which("aws")
    if program is None:
        raise StoreError("`aws` is not on PATH: install the AWS CLI")
    try:
        done = subprocess.run(  # noqa: S603 - no shell, words of our own
            [program, *arguments], check=False, capture_output=True, text=True, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise StoreError(f"no answer in {_SECONDS} seconds") from None
    return done.returncode, done.stderr.strip()


def send(steps: Sequence[Step], place: Place, call: Call = aws) -> tuple[int, int]:
    """Carries the steps out in order. Returns how many files were added, and of how many the lock was
    extended. Raises StoreError at the first that fails."""
    added = 0
    for number, step in enumerate(steps, start=1):
        code, said = call(step.add(place)) if step.path is not None else (1, "PreconditionFailed")
        added += code == 0
        if code and "PreconditionFailed" in said:
            code, said = call(step.extend(place))
        if code:
            raise StoreError(f"{step.key} ({number} of {len(steps)}): {said or f'exit code {code}'}")
    return added, len(steps) - added


def as_json(steps: Sequence[Step], place: Place) -> str:
    """For machines."""
    rows = [
        {
            "key": step.key,
            "lockedUntil": step.until.isoformat(),
            "sha256": step.digest,
            "add": None if step.path is None else shlex.join(["aws", *step.add(place)]),
            "extend": shlex.join(["aws", *step.extend(place)]),
        }
        for step in steps
    ]
    shown = {"bucket": place.bucket, "account": place.account, "mode": place.mode, "files": rows}
    return json.dumps(shown, indent=2, sort_keys=True)
