"""`billing-identity diff` and `billing-identity codeowners`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, day, refused
from billing_identity.review.diff.forms import Form
from billing_identity.review.exits import Exit

CATALOGUE = "roles/catalogue"


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(diff)
    app.command()(codeowners)


def diff(
    base: Annotated[
        str, typer.Argument(help="Git revision, folder or deployment.json; A...B is their merge base.")
    ],
    head: Annotated[str | None, typer.Argument(help="The same; the working tree by default.")] = None,
    catalogue: Annotated[
        str | None, typer.Option(help="Catalogue's folder inside a revision; the project's by default.")
    ] = None,
    as_of: AsOf = None,
    base_as_of: Annotated[
        str | None, typer.Option("--base-as-of", help="Another day for the base: what the calendar changes.")
    ] = None,
    environment: Annotated[str, typer.Option(help="Environment whose exceptions hold.")] = "prod",
    stack: Annotated[
        list[str] | None, typer.Option("--stack", "-s", help="Stack whose resources are compared.")
    ] = None,
    resources: Annotated[
        bool, typer.Option(help="Also compare the resources behind the change, by two offline previews.")
    ] = True,
    require_approvals: Annotated[
        Path | None, typer.Option("--require-approvals", help="JSON of who approved; missing ones block.")
    ] = None,
    commit: Annotated[
        str | None, typer.Option(help="Commit under review: approvals of another one do not count.")
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="List everything, with its places.")] = False,
    root: Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")] = Path(),
    form: Annotated[Form, typer.Option("--format", help="For people or for machines.")] = Form.HUMAN,
    also: Annotated[
        list[str] | None, typer.Option(help="FORMAT=FILE: write it in a further format too; may be repeated.")
    ] = None,
) -> None:
    """Say what a change of the catalogue means: who gains and loses which access, and what else moves."""
    from billing_identity.review.diff import run as work
    from billing_identity.stacks.settings import settings_file

    further = [_further(text) for text in also or ()]
    if len({path.resolve() for _, path in further}) < len(further):
        raise refused("--also: two formats for one file; give each its own")
    if commit is not None and not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit):
        raise refused(f"--commit {commit}: write all 40 hexadecimal digits of the commit")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", environment) or (
        (root / "Pulumi.yaml").is_file() and not (root / settings_file(environment)).is_file()
    ):
        raise refused(f"--environment {environment}: there is no {settings_file(environment)}")
    today = day(as_of)
    settings = work.Settings(today, day(base_as_of) if base_as_of else today, environment)
    stacks = tuple(stack or [f"all-{environment}"]) if resources else ()
    arguments = work.Arguments(
        base, head, catalogue or _inside(root), settings, root.resolve(), stacks, require_approvals, commit
    )
    raise typer.Exit(work.run(arguments, form, detail=detail, further=further))


def _inside(root: Path) -> str:
    """Path of the project's catalogue from the project's folder; `roles/catalogue` where it names none."""
    from billing_identity.review.preview.config import InputError
    from billing_identity.review.project_catalogue import project_catalogue, project_of

    project = project_of(root)
    try:
        found = project_catalogue(root)
    except InputError as error:
        raise refused(str(error)) from None
    if project is None or not found.is_relative_to(project):
        return CATALOGUE
    return found.relative_to(project).as_posix()


def _further(text: str) -> tuple[Form, Path]:
    """The format and the file of `--also`. Raises the usage error for anything else."""
    name, _, file = text.partition("=")
    machines = [item.value for item in Form if item is not Form.HUMAN]
    if name not in machines or not file:
        raise refused(f"--also {text}: write FORMAT=FILE with one of {', '.join(machines)}")
    if Path(file).is_dir():
        raise refused(f"--also {text}: {file} is a folder; name a file")
    if not Path(file).parent.is_dir():
        raise refused(f"--also {text}: there is no folder {Path(file).parent}")
    return Form(name), Path(file)


def codeowners(
    directory: Annotated[Path | None, typer.Argument(help="Catalogue's folder.")] = None,
    team: Annotated[str, typer.Option(help="How a role is called as a team, with {role} in it.")] = "@{role}",
    prefix: Annotated[
        str | None, typer.Option(help="Catalogue's path in the repository; the project's by default.")
    ] = None,
) -> None:
    """Print CODEOWNERS for a catalogue: owners, data owners and officers, file by file."""
    from billing_identity.review.console import errors
    from billing_identity.review.diff.codeowners import codeowners as work
    from billing_identity.review.problem_report import print_blocking
    from billing_identity.roles.loader import load

    inside = _inside(Path())
    loaded = load(directory or Path(inside))
    if loaded.catalogue is None:
        print_blocking(errors(), loaded.problems)
        raise typer.Exit(Exit.BAD_INPUT)
    try:
        print(work(loaded.catalogue, prefix or inside, team), end="")
    except ValueError as error:
        raise refused(str(error)) from None
