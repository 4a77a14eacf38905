"""Previews each side of a comparison by its own program: its code, its stacks' configuration, its catalogue.

A change of the settings or of the program changes resources as much as one of the catalogue does.
A revision's program is taken out of the repository. Where its code is the one that runs here, only its
configuration is read anew, else its own preview runs in a process of its own. The code of a revision under
review that is not checked out is never run: who reads a stranger's change must not run it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from billing_identity.review import stack_runs
from billing_identity.review.diff import git
from billing_identity.review.diff.sources import Side
from billing_identity.review.preview.config import InputError, read_project
from billing_identity.review.preview.deployment import read_deployment
from billing_identity.review.preview.merge import merge
from billing_identity.review.preview.record import Preview

PROJECT = "Pulumi.yaml"
PORTIONS = ("roles", "components", "policies", "stacks", "review", "sandbox")
"""Folders of the package, where a repository holds the program itself and doesn't only install it."""
_COMMAND = "from billing_identity.review.cli import main; main()"
TIMEOUT = 900
"""Seconds for the preview of another revision's program."""


class NotPreviewedError(Exception):
    """A side can't be previewed. `faults` says why, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Program:
    """A side's program: `root` holds Pulumi.yaml; `foreign`: it has code, and not the code that runs here."""

    side: Side
    root: Path
    foreign: bool

    @property
    def config(self) -> Path:
        """Folder of the stacks' configuration."""
        try:
            return read_project(self.root).config_directory
        except InputError:
            return self.root


def checked_out(side: Side, here: Path) -> bool:
    """Whether the side is what is checked out: whoever runs this there runs its code anyway."""
    if not side.commit:
        return True
    try:
        return git.resolve(here, "HEAD") == side.commit
    except git.GitError:
        return False


@contextmanager
def program_of(side: Side, here: Path) -> Generator[Program]:
    """The program of a side, in a folder of its own for a revision. Raises NotPreviewedError."""
    if not side.commit:
        yield Program(side, here, foreign=_foreign(here))
        return
    with TemporaryDirectory(prefix="billing-identity-program-") as scratch:
        root = Path(scratch)
        try:
            git.extract_some(here, side.commit, (PROJECT, *_config_folders(here), *PORTIONS), root)
        except git.GitError as error:
            raise NotPreviewedError([str(error)]) from None
        if not (root / PROJECT).is_file():
            raise NotPreviewedError([f"there is no {PROJECT} at {side.commit[:12]}"])
        yield Program(side, root, foreign=_foreign(root))


def _config_folders(here: Path) -> list[str]:
    """The configuration's and the program's folder, by the Pulumi.yaml that is here."""
    try:
        project = read_project(here)
    except InputError:
        return []
    folders = (project.config_directory, project.directory)
    top = here.resolve()
    return [
        folder.resolve().relative_to(top).as_posix()
        for folder in folders
        if folder.resolve().is_relative_to(top) and folder.resolve() != top
    ]


def _foreign(root: Path) -> bool:
    """Whether a root holds code of the program, and it is not the code that runs here."""
    code = _code(root)
    return bool(code) and code != _code(Path(stack_runs.__file__).parent.parent)


def _code(root: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for portion in PORTIONS:
        for file in sorted((root / portion).rglob("*.py")):
            found[file.relative_to(root).as_posix()] = file.read_bytes()
    return found


def previewed(program: Program, stacks: tuple[str, ...], day: date, *, trusted: bool) -> Preview:
    """The side's resources. `trusted`: its code may run, if it is another than the one here.

    Raises NotPreviewedError.
    """
    if program.side.deployment is not None:
        return program.side.deployment
    if program.foreign:
        if not trusted:
            raise NotPreviewedError(
                ["its program is another than the one that runs here: check it out, or give --no-resources"]
            )
        return _apart(program, stacks, day)
    request = stack_runs.Request(program.root, stacks, day, program.side.folder)
    try:
        previews = stack_runs.previews_of(request)
    except InputError as error:
        raise NotPreviewedError(str(error).splitlines()) from None
    faults = [line for preview in previews for fault in preview.errors for line in str(fault).splitlines()]
    if faults:
        raise NotPreviewedError(faults)
    return merge(previews) if len(previews) > 1 else previews[0]


def _apart(program: Program, stacks: tuple[str, ...], day: date) -> Preview:
    """The preview of another program, made by its own command in a process of its own."""
    with TemporaryDirectory(prefix="billing-identity-apart-") as scratch:
        package = Path(scratch) / "package" / "billing_identity"
        package.mkdir(parents=True)
        for portion in PORTIONS:
            if (program.root / portion).is_dir():
                (package / portion).symlink_to(program.root / portion, target_is_directory=True)
        out = Path(scratch) / "out"
        command = [sys.executable, "-c", _COMMAND, "preview", "--format", "json"]
        command += ["--root", str(program.root), "--out", str(out), "--as-of", day.isoformat()]
        command += [part for stack in stacks for part in ("--stack", stack)]
        if program.side.folder is not None:
            command += ["--catalogue", str(program.side.folder)]
        environment = {**os.environ, "PYTHONPATH": str(package.parent)}
        try:
            done = subprocess.run(  # noqa: S603 - no shell; the base's own program
                command,
                cwd=program.root,
                env=environment,
                capture_output=True,
                text=True,
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotPreviewedError([f"its preview took longer than {TIMEOUT} seconds"]) from None
        file = out / "deployment.json"
        if not file.is_file():
            said = (done.stderr or done.stdout).strip().splitlines()
            raise NotPreviewedError([f"its own preview ended with {done.returncode}", *said[-3:]])
        try:
            return read_deployment(file)
        except InputError as error:
            raise NotPreviewedError(error.faults) from None
