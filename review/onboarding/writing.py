"""Writes a folder whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


class TakenError(Exception):
    """The folder is there already and is not empty."""


def write_folder(target: Path, files: Mapping[str, str]) -> None:
    """Writes `files` (text by path below `target`) beside `target`, then moves the folder there at once.

    Raises TakenError when `target` exists and holds something, OSError when the disk refuses; either way
    nothing is left behind.
    """
    if target.is_symlink() or target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise TakenError(f"{target} is there already: give a folder that does not exist or is empty")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, text in files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(0o755)
        draft.replace(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def swap_folder(target: Path, files: Mapping[str, str]) -> None:
    """Rewrites `files` of an existing folder: into a copy first, then both are exchanged by renaming."""
    copy = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    old = copy.with_name(f"{copy.name}-old")
    try:
        shutil.copytree(target, copy, dirs_exist_ok=True, symlinks=True)
        for name, text in files.items():
            (copy / name).write_text(text, encoding="utf-8", newline="\n")
        target.rename(old)
        copy.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(copy, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
