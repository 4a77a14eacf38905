"""`billing-identity docs` and `billing-identity docs store`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, Format, Output, catalogue_of, day

group = typer.Typer(invoke_without_command=True)
Folder = Annotated[Path, typer.Option(help="Folder of the documents and their register.")]
Catalogue = Annotated[Path | None, typer.Option(help="Catalogue instead of the configured one.")]
Root = Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")]
PLACE = Path("build/documents")


def register(app: typer.Typer) -> None:
    """Adds the command and its second step."""
    app.add_typer(group, name="docs")


@group.callback()
def docs(
    context: typer.Context,
    out: Folder = PLACE,
    stack: Annotated[
        list[str] | None, typer.Option("--stack", "-s", help="Stack whose program the documents rest on.")
    ] = None,
    catalogue: Catalogue = None,
    as_of: AsOf = None,
    root: Root = Path(),
    form: Output = Format.HUMAN,
) -> None:
    """Issue policies and plans as Markdown, DOCX and PDF; every statement says what it rests on."""
    if context.invoked_subcommand is not None:
        return
    from billing_identity.review.documents import command as work

    raise typer.Exit(
        work.run(root, stack or ["all-prod"], catalogue, day(as_of), out, machine=form is Format.JSON)
    )


@group.command()
def store(
    out: Folder = PLACE,
    run: Annotated[
        bool,
        typer.Option("--run", help="Send them, by the AWS CLI; without it, only say what would be sent."),
    ] = False,
    environment: Annotated[str, typer.Option(help="Environment of the settings.")] = "prod",
    catalogue: Catalogue = None,
    as_of: AsOf = None,
    root: Root = Path(),
    form: Output = Format.HUMAN,
) -> None:
    """Keep issued documents in the locked bucket: six years after each version was last in effect.

    Run it after each issue and at least once a month: it adds what is new, and extends the locks of what is
    in effect. The role of the environment's credentials is `<company>-<environment>-document-issuer`.
    """
    from billing_identity.review.documents import store_command as work

    raise typer.Exit(
        work.run(
            root,
            environment,
            catalogue_of(catalogue, root),
            day(as_of),
            out,
            send=run,
            machine=form is Format.JSON,
        )
    )
