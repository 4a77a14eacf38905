"""Asks a question of a catalogue and prints the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from billing_identity.review.diff.state import View
from billing_identity.review.exits import Exit
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.record import Preview
from billing_identity.review.questions.answer import Answer, QuestionError, catalogue_at, print_answer, refuse
from billing_identity.review.stack_runs import Request, previews_of
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.settings import Settings, load_settings

Question = Callable[[Catalogue, View], Answer]


def ask(folder: Path, as_of: date, question: Question, *, machine: bool) -> int:
    """Answers a question; returns the exit code: 0 answered, 2 for a faulty catalogue or question."""
    catalogue = catalogue_at(folder)
    if catalogue is None:
        return Exit.BAD_INPUT
    try:
        answer = question(catalogue, View(catalogue, as_of))
    except QuestionError as error:
        return refuse(error, machine=machine)
    return print_answer(answer, as_of, machine=machine)


def settings_of(root: Path, environment: str) -> Settings | None:
    """The deployment's settings; None in a folder that deploys nothing. Raises QuestionError for bad ones."""
    if not (root / "Pulumi.yaml").is_file():
        return None
    settings, faults = load_settings(root.resolve(), environment)
    if settings is None:
        raise QuestionError(f"the settings can't be read: {faults[0].location}: {faults[0].message}")
    return settings


def previewed(root: Path, stack: str, folder: Path, as_of: date) -> Preview:
    """The offline preview of a catalogue. Raises QuestionError when the program can't be previewed."""
    try:
        previews = previews_of(Request(root.resolve(), (stack,), as_of, folder.resolve()))
    except InputError as error:
        raise QuestionError(f"the program can't be previewed: {error}") from None
    faults = [str(fault) for preview in previews for fault in preview.errors]
    if faults:
        raise QuestionError(f"the program can't be previewed: {faults[0]}")
    return previews[0]
