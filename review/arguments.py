"""Arguments that several commands share."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from billing_identity.review.console import errors, styled
from billing_identity.review.exits import Exit


class Format(StrEnum):
    """How results are printed."""

    HUMAN = "human"
    JSON = "json"


AsOf = Annotated[str | None, typer.Option("--as-of", help="Day to judge by, YYYY-MM-DD; today by default.")]
Output = Annotated[Format, typer.Option("--format", help="For people or for machines.")]


def day(text: str | None) -> date:
    """The day that `--as-of` names, or today. Raises BadParameter (exit 2) for anything else."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day: write YYYY-MM-DD") from None


def json_object(text: str) -> dict[str, Any]:
    """A JSON object given as an argument. Raises ValueError for anything else."""
    parsed: Any = json.loads(text)
    if not isinstance(parsed, dict):
        raise ValueError('the patch is not a JSON object: write {"property": value}')
    return cast("dict[str, Any]", parsed)


def catalogue_of(given: Path | None, root: Path = Path(), *, demonstration: bool = True) -> Path:
    """The catalogue that a command reads: the one named, or the project's, or the reference, which is said.

    Refused (exit 2) where the configuration names several and, without `demonstration`, where none is named:
    nothing of the company's would be read.
    """
    from billing_identity.review.preview.config import InputError
    from billing_identity.review.project_catalogue import project_catalogue, project_of
    from billing_identity.roles.loader import REFERENCE

    if given is not None:
        return given
    try:
        found = project_catalogue(root)
    except InputError as error:
        raise refused(str(error)) from None
    project = project_of(root)
    if found == REFERENCE and (project is None or not REFERENCE.is_relative_to(project)):
        if not demonstration:
            raise refused("no project names a catalogue here: name its folder, or go to where Pulumi.yaml is")
        errors().print(
            styled("No project names a catalogue here: this is the reference organisation.", "dim")
        )
    return found


def refused(message: str) -> typer.Exit:
    """Says what is wrong on standard error; raise what it returns (exit 2)."""
    errors().print(styled(message, "bold red"))
    return typer.Exit(Exit.BAD_INPUT)
