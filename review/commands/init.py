"""`billing-identity init`, `import` and `migrate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import refused
from billing_identity.review.exits import Exit


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("init")(init)
    app.command("import")(import_)
    app.command("migrate")(migrate)


def init(
    directory: Annotated[Path, typer.Argument(help="New folder of the company's own project.")],
    company: Annotated[str | None, typer.Option(help="The company's name; asked for on a terminal.")] = None,
    short_name: Annotated[
        str | None, typer.Option(help="Prefix of globally unique names, for example acme; asked for.")
    ] = None,
    environment: Annotated[str, typer.Option(help="Environment of the settings.")] = "prod",
    roles: Annotated[
        Path | None,
        typer.Option(help="CSV: role, title, job_code, entitlement, rationale; may add owner, risk."),
    ] = None,
) -> None:
    """Scaffold a company's own catalogue and settings from the reference, or from a table of roles."""
    from billing_identity.review.onboarding.run import init as work

    if sys.stdin.isatty():
        try:
            company = company or _asked("company", "The company's name")
            short_name = short_name or _asked("short_name", "Prefix of globally unique names, such as acme")
        except (typer.Abort, KeyboardInterrupt):
            raise refused("\ninit: stopped before the last answer; nothing was written") from None
    if not company or not short_name:
        raise refused("init: give --company and --short-name, or run it on a terminal")
    raise typer.Exit(work(directory, company, short_name, environment, roles))


def _asked(option: str, question: str) -> str:
    """An answer on the terminal; a wrong one is told at once and asked for again."""
    from billing_identity.review.onboarding.scaffold import answer_fault

    def checked(answer: str) -> str:
        if fault := answer_fault(option, answer):
            raise typer.BadParameter(fault)
        return answer

    return typer.prompt(question, value_proc=checked)


def import_(
    out: Annotated[Path, typer.Argument(help="New folder for adopted.yaml, questions.md and drafts.")],
    catalogue: Annotated[Path, typer.Option(help="The company's catalogue.")],
    okta_groups: Annotated[
        Path | None, typer.Option(help="CSV or JSON; docs/adopting.md has the forms.")
    ] = None,
    okta_apps: Annotated[Path | None, typer.Option(help="CSV or JSON.")] = None,
    entra_groups: Annotated[Path | None, typer.Option(help="CSV or JSON.")] = None,
    entra_apps: Annotated[Path | None, typer.Option(help="CSV or JSON: app registrations.")] = None,
    entra_principals: Annotated[Path | None, typer.Option(help="CSV or JSON: service principals.")] = None,
) -> None:
    """Match a live estate's exports with the catalogue, so that nothing is made a second time."""
    from billing_identity.review.onboarding.exports import Export
    from billing_identity.review.onboarding.run import import_ as work

    given = {
        Export.OKTA_GROUPS: okta_groups,
        Export.OKTA_APPS: okta_apps,
        Export.ENTRA_GROUPS: entra_groups,
        Export.ENTRA_APPS: entra_apps,
        Export.ENTRA_PRINCIPALS: entra_principals,
    }
    raise typer.Exit(work({export: path for export, path in given.items() if path}, catalogue, out))


def migrate(
    catalogue: Annotated[Path, typer.Argument(help="Catalogue to move forward, in place.")],
) -> None:
    """Move a catalogue forward to the schema that this program reads."""
    from billing_identity.review.onboarding.run import migrate as work

    if not catalogue.is_dir():
        raise typer.Exit(
            refused(f"{catalogue} is not a folder: give a catalogue").exit_code or Exit.BAD_INPUT
        )
    raise typer.Exit(work(catalogue))
