"""`billing-identity check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, Format, Output, catalogue_of, day


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(check)


def check(
    directory: Annotated[Path | None, typer.Argument(help="Catalogue; the project's by default.")] = None,
    as_of: AsOf = None,
    environment: Annotated[str, typer.Option(help="Environment whose exceptions hold.")] = "prod",
    form: Output = Format.HUMAN,
) -> None:
    """Check a catalogue: every fault with its place and its remedy."""
    from billing_identity.review.checking import check as work

    raise typer.Exit(
        work(
            catalogue_of(directory, demonstration=False), day(as_of), environment, machine=form is Format.JSON
        )
    )
