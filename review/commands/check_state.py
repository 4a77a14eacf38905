"""`billing-identity check-state`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, Format, Output, day


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("check-state")(check_state)


def check_state(
    file: Annotated[Path, typer.Argument(help="A file of `pulumi stack export`, of any program.")],
    config: Annotated[
        Path | None, typer.Option("--config", help="The pack's configuration, as for --policy-pack-config.")
    ] = None,
    as_of: AsOf = None,
    form: Output = Format.HUMAN,
) -> None:
    """Judge a stack's state by the policy pack. No account, engine or network."""
    from billing_identity.review.check_state import check_state as work

    raise typer.Exit(work(file, config, day(as_of) if as_of else None, machine=form is Format.JSON))
