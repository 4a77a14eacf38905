"""`billing-identity report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, day


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(report)


def report(
    out: Annotated[Path, typer.Option(help="The HTML file.")] = Path("build/report/report.html"),
    base: Annotated[
        str | None, typer.Option(help="Revision or folder: show what changed against it.")
    ] = None,
    stack: Annotated[
        list[str] | None, typer.Option("--stack", "-s", help="Stack whose findings are shown.")
    ] = None,
    catalogue: Annotated[Path | None, typer.Option(help="Catalogue instead of the configured one.")] = None,
    as_of: AsOf = None,
    base_as_of: Annotated[
        str | None, typer.Option("--base-as-of", help="Another day for the base: what the calendar changes.")
    ] = None,
    root: Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")] = Path(),
) -> None:
    """Write one self-contained HTML report: access, duties, sign-in, findings, dates, metrics."""
    from billing_identity.review.report import command as work

    today = day(as_of)
    before = day(base_as_of) if base_as_of else today
    raise typer.Exit(work.run(root, stack or ["all-prod"], catalogue, today, out, base, before))
