"""What every question gives back, and how it is printed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.padding import Padding

from billing_identity.review.console import errors, output, styled
from billing_identity.review.exits import Exit
from billing_identity.review.problem_report import as_data, print_blocking
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Location, Problem


@dataclass(frozen=True)
class Line:
    """One line of an answer: the thing itself, why it is so (further lines), and the same for machines.

    People read consecutive lines with the same `shared` words as one: those words, then every `name`.
    """

    text: str
    reasons: tuple[str, ...] = ()
    data: dict[str, Any] | None = None
    shared: str = ""
    name: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer to a question: a sentence, and its lines by heading."""

    question: str
    summary: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]


class QuestionError(Exception):
    """The question names something that is not there; the message says what there is instead."""


def unknown(kind: str, name: str, known: Sequence[str]) -> QuestionError:
    """There is no such thing; with the nearest names."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=3, cutoff=0.5)
    hint = (
        f"did you mean {' or '.join(close)}?"
        if close
        else f"there are {len(known)} of them; see the catalogue"
    )
    return QuestionError(f"there is no {kind} `{name}`: {hint}")


def catalogue_at(folder: Path) -> Catalogue | None:
    """The catalogue of a folder; None after its faults were printed."""
    loaded = load(folder)
    if loaded.catalogue is None:
        print_blocking(errors(), loaded.problems)
    return loaded.catalogue


def print_answer(answer: Answer, as_of: date, *, machine: bool) -> int:
    """Prints an answer; returns the exit code."""
    if machine:
        document = {
            "question": answer.question,
            "asOf": as_of.isoformat(),
            "summary": answer.summary,
            "groups": [
                {
                    "title": title,
                    "lines": [
                        {"text": line.text, "reasons": list(line.reasons), **(line.data or {})}
                        for line in lines
                    ],
                }
                for title, lines in answer.groups
            ],
        }
        print(json.dumps(document, indent=1, sort_keys=True))
        return Exit.FINE
    console = output()
    console.print(styled(answer.summary, "bold"))
    console.print(styled(f"as of {as_of}", "dim"))
    for title, lines in answer.groups:
        if not lines:
            continue
        console.print()
        if title:
            console.print(styled(title, "bold"))
        for line in _merged(lines):
            console.print(Padding(styled(line.text), (0, 0, 0, 2), expand=False))
            for reason in line.reasons:
                console.print(Padding(styled(reason, "dim"), (0, 0, 0, 6), expand=False))
    return Exit.FINE


def _merged(lines: Sequence[Line]) -> Iterator[Line]:
    for shared, same in groupby(lines, key=lambda line: line.shared):
        if shared:
            yield Line(shared, (", ".join(line.name for line in same),))
        else:
            yield from same


def refuse(error: QuestionError, *, machine: bool) -> int:
    """Says what is wrong with a question; returns the exit code."""
    problem = Problem.at(Location("command line"), code="question", message=str(error), remedy="see --help")
    if machine:
        print(
            json.dumps(
                {"exitCode": int(Exit.BAD_INPUT), "problems": as_data((problem,))}, indent=1, sort_keys=True
            )
        )
    print_blocking(errors(), (problem,))
    return Exit.BAD_INPUT
