"""`billing-identity preview`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, Format, Output, day


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(preview)


def preview(
    stack: Annotated[
        list[str] | None,
        typer.Option("--stack", "-s", help="Stack to preview; repeat it to judge several as one."),
    ] = None,
    catalogue: Annotated[Path | None, typer.Option(help="Catalogue instead of the configured one.")] = None,
    as_of: AsOf = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Leave ids unknown, as the first real preview of a stack does.")
    ] = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="List every kind of resource in the plan.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder for deployment.json.")] = Path("build/preview"),
    root: Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")] = Path(),
    form: Output = Format.HUMAN,
) -> None:
    """Preview the program offline: plan, findings, and a deployment file. No account, engine or network."""
    from billing_identity.review import previewing as work

    request = work.Request(
        root=root.resolve(),
        stacks=tuple(stack or ["all-prod"]),
        as_of=day(as_of),
        catalogue=catalogue,
        unknown=unknown,
    )
    outcome = work.run(request)
    written = work.write(outcome, out.resolve())
    if form is Format.JSON:
        print(work.as_json(outcome))
    else:
        work.print_outcome(outcome, written, detail=detail)
    raise typer.Exit(outcome.exit_code)
