"""Reads lists of records from CSV or JSON, with the line of each, and says every fault at its place."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from billing_identity.roles.problems import Location, Problem

MAX_BYTES = 50_000_000
"""Largest file that is read, in bytes. An export of 100,000 groups is under 30 MB."""
_OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class Record:
    """One entry of a list: its fields as text, and where it stands."""

    fields: Mapping[str, str]
    location: Location


@dataclass(frozen=True)
class Table:
    """What a file held, or what is wrong with it; `records` is empty when there is a problem."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()


def fault(location: Location, message: str, remedy: str, code: str = "import") -> Problem:
    """A problem of an input file."""
    return Problem.at(location, code=code, message=message, remedy=remedy)


def read_text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The file's text (UTF-8, with or without byte order mark), or why it can't be had."""
    place = Location(path.name)
    try:
        if path.stat().st_size > MAX_BYTES:
            return "", (fault(place, f"the file has more than {MAX_BYTES:,} bytes", "split the export"),)
        raw = path.read_bytes()
    except OSError as error:
        return "", (fault(place, f"the file can't be read: {error.strerror}", "give the path of the export"),)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", (fault(Location(path.name, 1), "the file is UTF-16", "save it as UTF-8"),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", (
            fault(Location(path.name, line), f"byte {error.start:,} is not UTF-8", "save it as UTF-8"),
        )
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return "", (fault(Location(path.name, line), "the file holds a null character", "save it as UTF-8"),)
    return text, ()


def read_csv(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """A CSV with a header line; exactly the required columns and any of the optional ones, in any order."""
    text, problems = read_text(path)
    if problems:
        return Table((), problems)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Record] = []
    faults: list[Problem] = []
    try:
        header = [name.strip() for name in next(reader, list[str]())]
        faults += _columns(path.name, header, required, optional)
        if faults:
            return Table((), tuple(faults))
        for row in reader:
            place = Location(path.name, reader.line_num)
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                message = f"{len(row)} fields, the header has {len(header)}"
                faults.append(
                    fault(place, message, "export again: the line is cut short or a quote is missing")
                )
                continue
            fields = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
            records.append(Record(fields, place))
    except csv.Error as error:
        remedy = "export again: the file is cut short or a quote is missing"
        faults.append(fault(Location(path.name, max(reader.line_num, 1)), f"not CSV: {error}", remedy))
    if not faults and not records:
        faults.append(fault(Location(path.name), "no line after the header", "export at least one entry"))
    return Table(() if faults else tuple(records), tuple(faults))


def _columns(
    name: str, header: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> list[Problem]:
    if len(header) == 1 and (other := next((c for c in _OTHERS if c in header[0]), None)) is not None:
        message = f"the columns are separated by {_OTHERS[other]}"
        return [fault(Location(name), message, "save it with commas between the columns")]
    known = (*required, *optional)
    wanted = f"columns: {', '.join(required)}" + (
        f"; may be added: {', '.join(optional)}" if optional else ""
    )
    found = [f"the column `{column}` is missing" for column in required if column not in header]
    found += [f"unknown column `{column[:40]}`" for column in header if column not in known]
    found += [
        f"the column `{column}` stands twice" for column in sorted(set(header)) if header.count(column) > 1
    ]
    return [fault(Location(name), message, wanted) for message in found]


def read_json(path: Path) -> tuple[list[Any], tuple[Problem, ...]]:
    """A JSON list of objects, or Microsoft Graph's `{"value": [...]}` when it is the whole of the answer."""
    text, problems = read_text(path)
    if problems:
        return [], problems
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as error:
        place = Location(path.name, error.lineno, error.colno)
        return [], (fault(place, f"not JSON: {error.msg}", "export again: the file is cut short or edited"),)
    except RecursionError:
        return [], (fault(Location(path.name), "nested too deep", "export again"),)
    if isinstance(data, dict):
        answer = cast("dict[str, Any]", data)
        if "@odata.nextLink" in answer:
            remedy = "follow `@odata.nextLink` and put all pages into one list"
            return [], (fault(Location(path.name), "only one page of the answer", remedy),)
        data = answer.get("value")
    if not isinstance(data, list):
        return [], (fault(Location(path.name), "not a list of objects", "export the API's list as it is"),)
    return cast("list[Any]", data), ()
