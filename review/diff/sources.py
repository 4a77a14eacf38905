"""The two sides of a comparison: a folder, a revision of the repository, or a deployment file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from billing_identity.review.diff import git
from billing_identity.review.onboarding.migrating import CURRENT, FILE, version_of
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.record import Preview
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Location, Problem
from billing_identity.roles.yaml_tree import read_tree

CATALOGUE = "roles/catalogue"
"""Where a repository keeps its catalogue unless `--catalogue` says otherwise."""


class SourceError(Exception):
    """A side can't be read. `problems` holds every fault, with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{item.location}: {item.message}" for item in problems))
        self.problems = problems


@dataclass(frozen=True)
class Side:
    """One side, read.

    `label` is what people called it, `prefix` the path from the repository's root to the catalogue (so that
    CI finds the lines). Either `folder` and `catalogue` are there, or `deployment` is. `skipped` are the
    faults of a base that did not load whole; `catalogue` is what did, with the other side's files in place
    of the `unread` ones: what those declare can't be compared.
    """

    label: str
    prefix: str = ""
    folder: Path | None = None
    catalogue: Catalogue | None = None
    deployment: Preview | None = None
    skipped: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()
    commit: str = ""
    """The commit of a revision; empty for a folder or file, whose program is the one that runs here."""


@contextmanager
def opened(
    text: str | None, catalogue: str, here: Path, *, lenient: bool, donor: Path | None = None
) -> Generator[Side]:
    """A side, by what a person wrote; None is the catalogue in the working tree.

    `ref:NAME` forces a revision where a folder or file has the same name. `lenient` reads as much of a faulty
    catalogue as loads, with files of `donor` (the other side's folder) for those that don't. Raises
    SourceError; its temporary files are gone afterwards.
    """
    with TemporaryDirectory(prefix="billing-identity-") as scratch:
        if text is None:
            yield _folder(
                here / catalogue, "working tree", catalogue, Path(scratch), lenient=lenient, donor=donor
            )
            return
        if not text.strip():
            raise _usage(
                "one side is empty, as when a variable is not set", "name a revision, folder or file"
            )
        path = here / text
        if text.startswith("ref:") or not path.exists():
            yield _revision(
                text.removeprefix("ref:"), catalogue, here, Path(scratch), lenient=lenient, donor=donor
            )
        elif path.is_file():
            yield _deployment(path, text)
        else:
            inside = path if (path / "organisation.yaml").exists() else path / catalogue
            found = inside if inside.is_dir() else path
            prefix = _relative(found, here)
            yield _folder(found, text, prefix, Path(scratch), lenient=lenient, donor=donor)


def _relative(path: Path, here: Path) -> str:
    resolved, base = path.resolve(), here.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.as_posix()


def _usage(message: str, remedy: str = "see --help") -> SourceError:
    problem = Problem.at(Location("command line"), code="usage", message=message, remedy=remedy)
    return SourceError((problem,))


def _deployment(path: Path, label: str) -> Side:
    from billing_identity.review.preview.deployment import read_deployment

    try:
        return Side(label, deployment=read_deployment(path))
    except InputError as error:
        raise SourceError(tuple(_in_file(fault, path, label) for fault in error.faults)) from None


def _in_file(fault: str, path: Path, label: str) -> Problem:
    """A fault of a deployment file at its place: `FILE:LINE:COLUMN: what; what to do`."""
    said = re.fullmatch(r"(?:(\d+):(\d+):)? *(.*)", fault.removeprefix(f"{path}:"), re.DOTALL)
    line, column, message = said.groups() if said is not None else (None, None, fault)
    return Problem.at(
        Location(label, int(line or 1), int(column or 1)),
        code="deployment",
        message=message,
        remedy="write it again with `billing-identity preview`",
    )


def _revision(
    ref: str, catalogue: str, here: Path, scratch: Path, *, lenient: bool, donor: Path | None
) -> Side:
    target = scratch / "catalogue"
    target.mkdir()
    try:
        commit = git.resolve(here, ref)
        git.extract(here, commit, catalogue, target)
    except git.GitError as error:
        raise _usage(str(error)) from None
    side = _folder(
        target, f"{ref} ({commit[:12]})", catalogue, scratch, lenient=lenient, donor=donor, own=True
    )
    return replace(side, commit=commit)


def _folder(
    folder: Path,
    label: str,
    prefix: str,
    scratch: Path,
    *,
    lenient: bool,
    donor: Path | None,
    own: bool = False,
) -> Side:
    if (folder / FILE).is_file() and (wrong := _other_schema(folder)) is not None:
        raise SourceError((wrong,))
    loaded = load(folder)
    if loaded.catalogue is not None:
        return Side(label, prefix, folder, loaded.catalogue)
    if not lenient or not folder.is_dir():
        raise SourceError(loaded.problems)
    copy = folder
    if not own:
        copy = scratch / "copy"
        shutil.copytree(folder, copy, symlinks=True)
    return _salvaged(Side(label, prefix, copy), loaded.problems, donor)


def _other_schema(folder: Path) -> Problem | None:
    """Why a catalogue of another schema can't be compared; None for one of this program's schema, and for a
    file that can't be read, whose faults the loader tells."""
    found, problem = version_of(folder)
    if found == CURRENT or (problem is not None and problem.code != "schema-version"):
        return None
    place = read_tree(folder / FILE, FILE).locate(("schema_version",))
    remedy = "move it forward with `billing-identity migrate`, or compare with a later commit"
    if found is not None and found > CURRENT:
        remedy = "use the release of billing-identity that it was written for"
    if problem is not None:
        return problem
    message = f"schema version {found}, and this program reads {CURRENT}"
    return Problem.at(place, code="schema-version", message=message, remedy=remedy, subject="organisation")


def _salvaged(side: Side, problems: tuple[Problem, ...], donor: Path | None) -> Side:
    """A faulty catalogue (a copy of it) as far as it can be read, round by round.

    The other side's file stands in for a faulty one, so that the rest still fits together; a file that fits
    nowhere is taken out. Raises SourceError where nothing is left to compare with, as in a folder that is no
    catalogue.
    """
    folder, skipped, unread = side.folder, list(problems), set[str]()
    assert folder is not None  # noqa: S101 - for the type checker
    for _ in range(20):
        changed = False
        for name in {problem.location.file for problem in problems}:
            file, other = folder / name, donor / name if donor is not None else None
            if name not in unread and other is not None and other.is_file():
                file.unlink(missing_ok=True)
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(other, file)
                changed = True
            elif file.is_file() or file.is_symlink():
                file.unlink()
                changed = True
            unread.add(name)
        loaded = load(folder)
        if loaded.catalogue is not None:
            return replace(side, catalogue=loaded.catalogue, skipped=tuple(skipped), unread=frozenset(unread))
        if not changed:
            break
        problems = loaded.problems
        skipped += [problem for problem in problems if problem not in skipped]
    raise SourceError(tuple(skipped))
