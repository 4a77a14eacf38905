"""`billing-identity docs`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, Format, Output, day


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(docs)


def docs(
    out: Annotated[Path, typer.Option(help="Folder of the documents and their register.")] = Path(
        "build/documents"
    ),
    stack: Annotated[
        list[str] | None, typer.Option("--stack", "-s", help="Stack whose program the documents rest on.")
    ] = None,
    catalogue: Annotated[Path | None, typer.Option(help="Catalogue instead of the configured one.")] = None,
    as_of: AsOf = None,
    root: Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")] = Path(),
    form: Output = Format.HUMAN,
) -> None:
    """Issue policies and plans as Markdown, DOCX and PDF; every statement says what it rests on."""
    from billing_identity.review.documents import command as work

    raise typer.Exit(
        work.run(root, stack or ["all-prod"], catalogue, day(as_of), out, machine=form is Format.JSON)
    )
