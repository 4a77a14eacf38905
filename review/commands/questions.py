"""`billing-identity who can|reaches`, `what can`, `path`, `expiring`, `unused`, `exposure`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from billing_identity.review.arguments import AsOf, Format, Output, catalogue_of, day, refused

if TYPE_CHECKING:
    from billing_identity.review.preview.record import Preview
    from billing_identity.review.questions.run import Question

Folder = Annotated[
    Path | None, typer.Option("--catalogue", help="Catalogue's folder; the project's by default.")
]

who = typer.Typer(help="Who can do something, who reaches a client.", no_args_is_help=True)
what = typer.Typer(help="What a role can do.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.add_typer(who, name="who")
    app.add_typer(what, name="what")
    for command in (path, expiring, unused, exposure):
        app.command()(command)


def _answer(
    question: Question, catalogue: Path | None, as_of: str | None, form: Format, root: Path = Path()
) -> NoReturn:
    """Asks, prints and ends with the exit code."""
    from billing_identity.review.questions.run import ask

    raise typer.Exit(ask(catalogue_of(catalogue, root), day(as_of), question, machine=form is Format.JSON))


@who.command("can")
def who_can(
    entitlement: Annotated[
        str, typer.Argument(help="SYSTEM/NAME, such as athenaone/refund-approval; or `reach`, with a client.")
    ],
    client: Annotated[str | None, typer.Argument(help="After `reach`: the client's id.")] = None,
    catalogue: Folder = None,
    as_of: AsOf = None,
    form: Output = Format.HUMAN,
) -> None:
    """Who holds an entitlement, through which role, and why."""
    from billing_identity.review.questions import access

    if entitlement == "reach" and client is not None:
        who_reaches(client, catalogue, as_of, form)
    if client is not None:
        raise refused(f"who can {entitlement} {client}: one entitlement, or `who can reach CLIENT`")
    _answer(lambda found, view: access.who_can(found, view, entitlement), catalogue, as_of, form)


@who.command("reaches")
def who_reaches(
    client: str, catalogue: Folder = None, as_of: AsOf = None, form: Output = Format.HUMAN
) -> None:
    """Who reaches a client's data, in which systems."""
    from billing_identity.review.questions import access

    _answer(lambda found, view: access.who_reaches(found, view, client), catalogue, as_of, form)


@what.command("can")
def what_can(role: str, catalogue: Folder = None, as_of: AsOf = None, form: Output = Format.HUMAN) -> None:
    """What a role gives, system by system, and why."""
    from billing_identity.review.questions import access

    _answer(lambda found, view: access.what_can(found, view, role), catalogue, as_of, form)


def path(
    role: str,
    system: str,
    catalogue: Folder = None,
    as_of: AsOf = None,
    stack: Annotated[str, typer.Option("--stack", "-s", help="Stack that is previewed.")] = "all-prod",
    root: Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")] = Path(),
    form: Output = Format.HUMAN,
) -> None:
    """Through which group, rule, assignment and policy a role reaches a system."""
    from billing_identity.review.questions import path as work
    from billing_identity.review.questions.run import previewed

    def preview() -> Preview:
        return previewed(root, stack, catalogue_of(catalogue, root), day(as_of))

    _answer(lambda found, view: work.path(found, view, preview, role, system), catalogue, as_of, form, root)


def expiring(
    within: Annotated[str, typer.Option(help="Term: 30d, 6w, 3m, 1y.")] = "30d",
    catalogue: Folder = None,
    as_of: AsOf = None,
    root: Annotated[Path, typer.Option(help="Folder of Pulumi.yaml, for the settings' own dates.")] = Path(),
    environment: Annotated[str, typer.Option(help="Environment of the settings.")] = "prod",
    form: Output = Format.HUMAN,
) -> None:
    """What ends soon: exceptions, agreements, grants, reports, credentials, decisions, containments."""
    from billing_identity.review.questions import dates
    from billing_identity.review.questions.run import settings_of

    _answer(
        lambda found, view: dates.expiring(found, view, within, settings_of(root, environment)),
        catalogue,
        as_of,
        form,
        root,
    )


def unused(catalogue: Folder = None, as_of: AsOf = None, form: Output = Format.HUMAN) -> None:
    """What nobody holds: entitlements, systems, vendors, job codes."""
    from billing_identity.review.questions import dates

    _answer(dates.unused, catalogue, as_of, form)


def exposure(
    subject: Annotated[str, typer.Argument(help="KIND:ID; role, system, vendor or service-account.")],
    catalogue: Folder = None,
    as_of: AsOf = None,
    form: Output = Format.HUMAN,
) -> None:
    """What lies behind something when it falls into other hands, and how to find out what was read."""
    from billing_identity.review.questions import exposure as work

    _answer(lambda found, view: work.exposure(found, view, subject), catalogue, as_of, form)
