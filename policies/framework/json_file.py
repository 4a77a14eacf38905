"""Reads a JSON file within bounds, and says each fault at its line in plain words."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import NoReturn


class JsonError(Exception):
    """The file can't be read as JSON. The text is one line: place, what is wrong, what to do instead."""


def read_json(path: Path, limit: int, again: str) -> tuple[str, object]:
    """The file's text and what it holds. `limit`: most bytes read; `again`: what to do about a bad file.

    A byte order mark is skipped. NaN and Infinity, which JSON does not have, are refused. At most `limit`
    bytes are read, from a pipe too. Raises `JsonError`.
    """
    text = _text(path, limit, again)
    try:
        return text, json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        ended = fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated")
        what = "ends in the middle of a value: the file is truncated" if ended else f"not JSON: {fault.msg}"
        raise JsonError(f"{path}:{fault.lineno}:{fault.colno}: {what}; {again}") from None
    except RecursionError:
        raise JsonError(f"{path}: nested too deeply; {again}") from None
    except ValueError as fault:
        raise JsonError(f"{path}: not JSON: {fault}; {again}") from None


def _text(path: Path, limit: int, again: str) -> str:
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size > limit:
            raise JsonError(f"{path}: {_mb(status.st_size)}; at most {_mb(limit)} are read")
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except FileNotFoundError:
        raise JsonError(f"{path}: no such file; {again}") from None
    except OSError as fault:
        raise JsonError(f"{path}: cannot be read: {fault.strerror}; {again}") from None
    if len(raw) > limit:
        raise JsonError(f"{path}: more than {_mb(limit)}; at most {_mb(limit)} are read")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise JsonError(f"{path}:{line}: byte {fault.start} is not UTF-8; save the file as UTF-8") from None


def _mb(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _no_number(word: str) -> NoReturn:
    message = f"{word} is no number of JSON"
    raise ValueError(message)
