"""The two sides of a comparison: a folder, a revision of the repository, or a deployment file."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from billing_identity.review.diff import git
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.record import Preview
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Location, Problem

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
    faults of a base that did not load whole; `catalogue` is what did, None for nothing.
    """

    label: str
    prefix: str = ""
    folder: Path | None = None
    catalogue: Catalogue | None = None
    deployment: Preview | None = None
    skipped: tuple[Problem, ...] = ()


@contextmanager
def opened(text: str | None, catalogue: str, here: Path, *, lenient: bool) -> Generator[Side]:
    """A side, by what a person wrote; None is the catalogue in the working tree.

    `ref:NAME` forces a revision where a folder or file has the same name. `lenient` reads as much of a faulty
    catalogue as loads. Raises SourceError; its temporary files are gone afterwards.
    """
    with TemporaryDirectory(prefix="billing-identity-") as scratch:
        if text is None:
            yield _folder(here / catalogue, "working tree", catalogue, Path(scratch), lenient=lenient)
            return
        path = here / text
        if text.startswith("ref:") or not path.exists():
            yield _revision(text.removeprefix("ref:"), catalogue, here, Path(scratch), lenient=lenient)
        elif path.is_file():
            yield _deployment(path, text)
        else:
            inside = path if (path / "organisation.yaml").exists() else path / catalogue
            found = inside if inside.is_dir() else path
            prefix = _relative(found, here)
            yield _folder(found, text, prefix, Path(scratch), lenient=lenient)


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
        raise _usage(str(error)) from None


def _revision(ref: str, catalogue: str, here: Path, scratch: Path, *, lenient: bool) -> Side:
    target = scratch / "catalogue"
    target.mkdir()
    try:
        commit = git.resolve(here, ref)
        git.extract(here, commit, catalogue, target)
    except git.GitError as error:
        raise _usage(str(error)) from None
    return _folder(target, f"{ref} ({commit[:12]})", catalogue, scratch, lenient=lenient, own=True)


def _folder(
    folder: Path, label: str, prefix: str, scratch: Path, *, lenient: bool, own: bool = False
) -> Side:
    loaded = load(folder)
    if loaded.catalogue is not None:
        return Side(label, prefix, folder, loaded.catalogue)
    if not lenient or not folder.is_dir():
        raise SourceError(loaded.problems)
    copy = folder
    if not own:
        copy = scratch / "copy"
        shutil.copytree(folder, copy, symlinks=True)
    return _salvaged(Side(label, prefix, copy), loaded.problems)


def _salvaged(side: Side, problems: tuple[Problem, ...]) -> Side:
    """What is left of a faulty catalogue (a copy of it) once its faulty files are taken out, round by round:
    a file that refers to one that went goes too."""
    folder, skipped = side.folder, list(problems)
    assert folder is not None  # noqa: S101 - for the type checker
    for _ in range(20):
        faulty = {folder / problem.location.file for problem in problems}
        gone = [path for path in faulty if path.is_file() or path.is_symlink()]
        for path in gone:
            path.unlink()
        loaded = load(folder)
        if loaded.catalogue is not None:
            return Side(side.label, side.prefix, folder, loaded.catalogue, None, tuple(skipped))
        if not gone:
            break
        problems = loaded.problems
        skipped += [problem for problem in problems if problem not in skipped]
    return Side(side.label, side.prefix, None, None, None, tuple(skipped))
