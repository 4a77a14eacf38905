"""The command line: gathers the commands of `review/commands`, one file each."""

from __future__ import annotations

import gc
import pkgutil
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from billing_identity.review import commands

app = typer.Typer(
    name="billing-identity",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"billing-identity {version('billing-identity')}")
        raise typer.Exit


@app.callback()
def _program(
    shown: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Identity and data protection of a medical billing company, from one reviewed catalogue."""


def _gather() -> None:
    """Registers every command: a module of `review/commands` with `register(app)`."""
    for module in sorted(pkgutil.iter_modules(commands.__path__), key=lambda item: item.name):
        import_module(f"{commands.__name__}.{module.name}").register(app)


def main() -> None:
    """Entry point of the command `billing-identity`.

    Commands are short and keep what they make: collecting garbage as often as Python does by default costs a
    third of the start, and once more at the exit a fifth of a preview.
    """
    gc.set_threshold(200_000, 20, 20)
    _gather()
    try:
        app()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
