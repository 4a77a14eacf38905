"""`billing-identity sandbox ...`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import json_object, refused

State = Annotated[Path, typer.Option("--state", help="Folder of the sandbox's state.")]
STATE = Path("build/sandbox")

group = typer.Typer(help="The three providers as one local process.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="sandbox")


@group.command("run", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
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
        raise refused(str(error)) from None
    raise typer.Exit(code)


@group.command("serve")
def sandbox_serve(state: State = STATE) -> None:
    """Serve until interrupted; prints what to set in the engine's environment."""
    from billing_identity.sandbox import commands

    def ready(environment: dict[str, str]) -> None:
        for name, value in environment.items():
            print(f"export {name}={value}", flush=True)

    raise typer.Exit(commands.serve(state, ready))


@group.command("ls")
def sandbox_ls(
    package: Annotated[str, typer.Option(help="okta, azuread or aws.")] = "",
    kind: Annotated[str, typer.Option(help="Type token.")] = "",
    state: State = STATE,
) -> None:
    """List what lives in the sandbox."""
    from billing_identity.sandbox import commands

    try:
        rows = commands.ls(state, package=package, kind=kind)
    except LookupError as error:
        raise refused(str(error)) from None
    for row in rows:
        print("  ".join(row[key] for key in ("package", "account", "type", "id", "name")))


@group.command("show")
def sandbox_show(kind: str, identifier: str, account: str = "", state: State = STATE) -> None:
    """Print one object: TYPE ID."""
    from billing_identity.sandbox import commands

    try:
        found = commands.show(state, kind, identifier, account)
    except (LookupError, ValueError) as error:
        raise refused(str(error)) from None
    print(json.dumps(found, indent=2, sort_keys=True))


@group.command("edit")
def sandbox_edit(kind: str, identifier: str, patch: str, account: str = "", state: State = STATE) -> None:
    """Tamper: merge PATCH (a JSON object) into the live object TYPE ID."""
    from billing_identity.sandbox import commands

    try:
        commands.edit(state, kind, identifier, json_object(patch), account)
    except (LookupError, ValueError) as error:
        raise refused(str(error)) from None


@group.command("rm")
def sandbox_rm(kind: str, identifier: str, account: str = "", state: State = STATE) -> None:
    """Tamper: delete the live object TYPE ID behind the engine's back."""
    from billing_identity.sandbox import commands

    try:
        commands.rm(state, kind, identifier, account)
    except (LookupError, ValueError) as error:
        raise refused(str(error)) from None


@group.command("scim-sync")
def sandbox_scim(account: str, state: State = STATE) -> None:
    """Let pushed directory groups arrive in an AWS account's identity store, as SCIM does later."""
    from billing_identity.sandbox import commands

    try:
        groups = commands.scim_sync(state, account)
    except LookupError as error:
        raise refused(str(error)) from None
    for name in groups:
        print(name)
