"""Reads a catalogue out of a git repository, without a checkout.

Objects are read one by one (`ls-tree`, `cat-file`): `git archive` would obey `.gitattributes` of the very
change under review, which could leave files out of it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

MAX_FILES = 20_000
"""Files of the largest catalogue, or program, that is read."""
MAX_BYTES = 200_000_000
"""Bytes of all its files together."""
TIMEOUT = 120
"""Seconds for any single git command."""


class GitError(Exception):
    """Git can't give what was asked for; the message says what and what to do, and is meant for people."""


def resolve(repository: Path, ref: str) -> str:
    """The commit that a branch, tag or other revision names; `A...B` names their merge base.

    Raises GitError.
    """
    if "..." in ref:
        left, _, right = ref.partition("...")
        ends = [resolve(repository, left), resolve(repository, right or "HEAD")]
        done = _git(repository, "merge-base", *ends)
        if done.returncode:
            raise GitError(f"`{ref}` have no common ancestor: fetch more history (fetch-depth: 0)")
        return done.stdout.decode().split()[0]
    inside = _git(repository, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        raise GitError(f"`{ref}` is no folder and no file, and this is no git repository: give a folder")
    done = _git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if done.returncode:
        if _git(repository, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            raise GitError(f"`{ref}` can't be read: the repository has no commit yet")
        if ".." in ref or ":" in ref or "^{" in ref:
            raise GitError(f"`{ref}` names no single commit: give a branch, a tag, a commit, or A...B")
        raise GitError(
            f"`{ref}` is no folder, no file and no revision of this repository; "
            "in CI, fetch it first (fetch-depth: 0)"
        )
    return done.stdout.decode().strip()


def extract(repository: Path, commit: str, folder: str, target: Path) -> None:
    """Writes the files of `folder` at a commit below `target`. Raises GitError.

    A link or a submodule in it is refused: a catalogue holds files.
    """
    place = PurePosixPath(folder)
    if place.is_absolute() or ".." in place.parts:
        raise GitError(f"`{folder}` is not a path inside the repository")
    top = _top(repository)
    entries = list(_entries(top, commit, (f"{place.as_posix()}/",)))
    for _, path, file in entries:
        if not file:
            raise GitError(f"{path!r} at {commit[:12]} is a link or a submodule: put the file itself there")
    if not entries:
        raise GitError(f"{commit[:12]} has no folder `{folder}`: name the catalogue's with --catalogue")
    _write(top, commit, entries, place, target)


def extract_some(repository: Path, commit: str, paths: Sequence[str], target: Path) -> None:
    """Writes the files at or below `paths` (relative to `repository`) at a commit below `target`, as far as
    there are any; links and submodules are left out. Raises GitError."""
    top = _top(repository)
    inside = repository.resolve().relative_to(top.resolve())
    place = PurePosixPath(inside.as_posix())
    wanted = [(place / path).as_posix() for path in dict.fromkeys(paths)]
    entries = [entry for entry in _entries(top, commit, wanted) if entry[2]]
    _write(top, commit, entries, place, target)


def _top(repository: Path) -> Path:
    top = _git(repository, "rev-parse", "--show-toplevel").stdout.decode().strip()
    return Path(top) if top else repository


def _entries(top: Path, commit: str, paths: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Object, path, and whether it is a file (no link, no submodule), of all that is at or below `paths`."""
    done = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
    if done.returncode:
        raise GitError(f"git can't list {commit[:12]}: {_said(done)}")
    for line in done.stdout.split(b"\0"):
        if line:
            head, _, name = line.partition(b"\t")
            mode, kind, identifier = head.decode().split()[:3]
            path = name.decode("utf-8", "surrogateescape")
            yield identifier, path, kind == "blob" and mode != "120000"


def _write(
    top: Path, commit: str, entries: list[tuple[str, str, bool]], place: PurePosixPath, target: Path
) -> None:
    if len(entries) > MAX_FILES:
        raise GitError(f"`{place}` at {commit[:12]} has {len(entries):,} files, more than {MAX_FILES:,}")
    blobs = _blobs(top, [identifier for identifier, _, _ in entries])
    for (_, path, _), content in zip(entries, blobs, strict=True):
        file = target.joinpath(*PurePosixPath(path).relative_to(place).parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _blobs(repository: Path, identifiers: list[str]) -> list[bytes]:
    listing = "".join(f"{identifier}\n" for identifier in identifiers).encode()
    sizes = _git(repository, "cat-file", "--batch-check=%(objectsize)", stdin=listing)
    total = sum(int(size) for size in sizes.stdout.split() if size.isdigit())
    if sizes.returncode or total > MAX_BYTES:
        raise GitError(f"the files have {total:,} bytes, more than {MAX_BYTES:,}, or can't be read")
    done = _git(repository, "cat-file", "--batch", stdin=listing)
    if done.returncode:
        raise GitError(f"git can't read the files: {_said(done)}")
    found: list[bytes] = []
    at = 0
    for _ in identifiers:
        end = done.stdout.index(b"\n", at)
        header = done.stdout[at:end].split()
        if len(header) != 3:
            raise GitError("an object is missing: the clone is partial; fetch it whole")
        size = int(header[2])
        found.append(done.stdout[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return found


def _git(repository: Path, *arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(repository), "--no-replace-objects", *arguments]
    try:
        return subprocess.run(  # noqa: S603 - no shell, and revisions follow --end-of-options
            command, input=stdin, capture_output=True, check=False, timeout=TIMEOUT
        )
    except FileNotFoundError:
        raise GitError(
            "git is not installed: give folders or deployment files instead of revisions"
        ) from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} took longer than {TIMEOUT} seconds") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"
