"""The command line. Every command's work is in `review/commands`; here are only its arguments."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from billing_identity.review.console import errors, styled
from billing_identity.review.exits import Exit
from billing_identity.roles.loader import REFERENCE

app = typer.Typer(
    name="billing-identity",
    help="Identity and data protection of a medical billing company, from one reviewed catalogue.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
sandbox_app = typer.Typer(help="The three providers as one local process.", no_args_is_help=True)
app.add_typer(sandbox_app, name="sandbox")


class Format(StrEnum):
    """How results are printed."""

    HUMAN = "human"
    JSON = "json"


def _date(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day: write YYYY-MM-DD") from None


AsOf = Annotated[str | None, typer.Option("--as-of", help="Day to judge by, YYYY-MM-DD; today by default.")]
Output = Annotated[Format, typer.Option("--format", help="For people or for machines.")]
State = Annotated[Path, typer.Option("--state", help="Folder of the sandbox's state.")]
STATE = Path("build/sandbox")


@app.command()
def check(
    directory: Annotated[
        Path | None, typer.Argument(help="Catalogue; the reference organisation by default.")
    ] = None,
    as_of: AsOf = None,
    environment: Annotated[str, typer.Option(help="Environment whose exceptions hold.")] = "prod",
    form: Output = Format.HUMAN,
) -> None:
    """Check a catalogue: every fault with its place and its remedy."""
    from billing_identity.review.commands.check import check as work

    raise typer.Exit(work(directory or REFERENCE, _date(as_of), environment, machine=form is Format.JSON))


@app.command()
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
    from billing_identity.review.commands import preview as work

    request = work.Request(
        root=root.resolve(),
        stacks=tuple(stack or ["all-prod"]),
        as_of=_date(as_of),
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


@sandbox_app.command("run", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def sandbox_run(context: typer.Context, state: State = STATE) -> None:
    """Start the sandbox, run a command against it (after --), stop it.

    What the settings name as existing already (break-glass groups, consoles) is there from the start.
    """
    from billing_identity.review.sandbox_seed import seed
    from billing_identity.sandbox import commands

    try:
        seed(Path(), state)
        code = commands.run(list(context.args), state)
    except (ValueError, FileNotFoundError) as error:
        raise _refused(str(error)) from None
    raise typer.Exit(code)


@sandbox_app.command("serve")
def sandbox_serve(state: State = STATE) -> None:
    """Serve until interrupted; prints what to set in the engine's environment."""
    from billing_identity.sandbox import commands

    def ready(environment: dict[str, str]) -> None:
        for name, value in environment.items():
            print(f"export {name}={value}", flush=True)

    raise typer.Exit(commands.serve(state, ready))


@sandbox_app.command("ls")
def sandbox_ls(
    package: Annotated[str, typer.Option(help="okta, azuread or aws.")] = "",
    kind: Annotated[str, typer.Option(help="Type token.")] = "",
    state: State = STATE,
) -> None:
    """List what lives in the sandbox."""
    from billing_identity.sandbox import commands

    for row in commands.ls(state, package=package, kind=kind):
        print("  ".join(row[key] for key in ("package", "account", "type", "id", "name")))


@sandbox_app.command("show")
def sandbox_show(kind: str, identifier: str, account: str = "", state: State = STATE) -> None:
    """Print one object: TYPE ID."""
    from billing_identity.sandbox import commands

    try:
        found = commands.show(state, kind, identifier, account)
    except (LookupError, ValueError) as error:
        raise _refused(str(error)) from None
    print(json.dumps(found, indent=2, sort_keys=True))


@sandbox_app.command("edit")
def sandbox_edit(kind: str, identifier: str, patch: str, account: str = "", state: State = STATE) -> None:
    """Tamper: merge PATCH (a JSON object) into the live object TYPE ID."""
    from billing_identity.sandbox import commands

    try:
        commands.edit(state, kind, identifier, _object(patch), account)
    except (LookupError, ValueError) as error:
        raise _refused(str(error)) from None


@sandbox_app.command("rm")
def sandbox_rm(kind: str, identifier: str, account: str = "", state: State = STATE) -> None:
    """Tamper: delete the live object TYPE ID behind the engine's back."""
    from billing_identity.sandbox import commands

    try:
        commands.rm(state, kind, identifier, account)
    except (LookupError, ValueError) as error:
        raise _refused(str(error)) from None


@sandbox_app.command("scim-sync")
def sandbox_scim(account: str, state: State = STATE) -> None:
    """Let pushed directory groups arrive in an AWS account's identity store, as SCIM does later."""
    from billing_identity.sandbox import commands

    for group in commands.scim_sync(state, account):
        print(group)


def _object(text: str) -> dict[str, Any]:
    parsed: Any = json.loads(text)
    if not isinstance(parsed, dict):
        raise ValueError('the patch is not a JSON object: write {"property": value}')
    return cast("dict[str, Any]", parsed)


def _refused(message: str) -> typer.Exit:
    errors().print(styled(message, "bold red"))
    return typer.Exit(Exit.BAD_INPUT)


def main() -> None:
    """Entry point of the command `billing-identity`."""
    app()


if __name__ == "__main__":
    main()
