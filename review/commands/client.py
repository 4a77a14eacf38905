"""`billing-identity client ...`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from billing_identity.review.arguments import AsOf, catalogue_of, day, refused

if TYPE_CHECKING:
    from billing_identity.roles.model.catalogue import Catalogue
    from billing_identity.roles.model.client import Client
    from billing_identity.stacks.settings import Settings

group = typer.Typer(help="Clients: the way out, its certificate, moves between shards.", no_args_is_help=True)
Folder = Annotated[Path | None, typer.Option("--catalogue", help="Catalogue with the client's file.")]
Environment = Annotated[str, typer.Option(help="Environment of the settings.")]
Root = Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")]
Shards = Annotated[bool, typer.Option("--sharded", help="Stacks are named by shard: keys-prod-01.")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="client")


def _read(
    identifier: str, folder: Path | None, environment: str, root: Path, as_of: str | None
) -> tuple[Catalogue, Client, Settings]:
    """The client and what it stands in. Refused (exit 2) with every located fault of either."""
    from billing_identity.roles.checks.client_life import ID
    from billing_identity.roles.checks.client_life import check as life
    from billing_identity.roles.loader import load
    from billing_identity.stacks.settings import load_settings

    loaded = load(catalogue_of(folder, root))
    settings, faults = load_settings(root.resolve(), environment)
    problems = [*loaded.problems, *faults]
    if loaded.catalogue is not None:
        problems += [
            item
            for item in life(loaded.catalogue, day(as_of))
            if item.code == ID and item.subject == f"client:{identifier}"
        ]
    if problems or loaded.catalogue is None or settings is None:
        raise refused("\n".join(f"{item.location}: {item.message}; {item.remedy}" for item in problems))
    client = loaded.catalogue.clients.get(identifier)
    if client is None:
        known = ", ".join(loaded.catalogue.clients) or "none"
        raise refused(f"there is no client {identifier}: the catalogue has {known}")
    return loaded.catalogue, client, settings


@group.command("plan")
def client_plan(
    identifier: str,
    catalogue: Folder = None,
    environment: Environment = "prod",
    sharded: Shards = False,
    as_of: AsOf = None,
    root: Root = Path(),
) -> None:
    """Print the steps of client IDENTIFIER's way out: what is done, what is next, and how."""
    from billing_identity.review.clients.leaving import earliest, steps
    from billing_identity.review.console import plain
    from billing_identity.stacks.bind.aws.stores import HOME_SHARD, Names

    found, client, settings = _read(identifier, catalogue, environment, root, as_of)
    shard = f"-{client.shard}" if sharded else ""
    stacks = [f"{layer}-{environment}{shard}" for layer in ("keys", "data")]
    if sharded and client.shard != HOME_SHARD:
        stacks.append(f"data-{environment}-{HOME_SHARD}")  # accesses of partners are there
    lines = [f"{client.title}: {client.status}"]
    for step in steps(found, client, Names(found.organisation.short_name, settings), tuple(stacks)):
        lines += [f"{step.state:>5}  {step.title} ({step.who})", *(f"         {line}" for line in step.lines)]
    first = earliest(client)
    if first is not None and client.status != "closed":
        lines.append(f"Nothing can be certified before {first}.")
    print(plain("\n".join(lines)))


@group.command("certificate")
def client_certificate(
    identifier: str,
    destroyed: Annotated[str, typer.Option(help="Day on which the data was gone, YYYY-MM-DD.")],
    by: Annotated[str, typer.Option(help="Role that destroyed it.")],
    witness: Annotated[str, typer.Option(help="Role that saw it.")],
    evidence: Annotated[str, typer.Option(help="Where the proof lies: event ids, ticket.")],
    catalogue: Folder = None,
    environment: Environment = "prod",
    as_of: AsOf = None,
    root: Root = Path(),
) -> None:
    """Print the certificate of destruction of client IDENTIFIER, as Markdown to be signed."""
    from billing_identity.review.clients.certificate import Destruction, certificate, faults
    from billing_identity.review.console import plain
    from billing_identity.stacks.bind.aws.stores import Names

    found, client, settings = _read(identifier, catalogue, environment, root, as_of)
    given = Destruction(day(destroyed), by, witness, evidence)
    problems = faults(found, client, given, day(as_of))
    if problems:
        raise refused("\n".join(f"{item.location}: {item.message}; {item.remedy}" for item in problems))
    names = Names(found.organisation.short_name, settings)
    print(plain(certificate(found, client, names, given)), end="")


@group.command("move")
def client_move(
    identifier: str,
    to: Annotated[str, typer.Option(help="Shard to move to: two digits.")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; without, only say what would be done.")
    ] = False,
    catalogue: Folder = None,
    environment: Environment = "prod",
    as_of: AsOf = None,
    root: Root = Path(),
) -> None:
    """Move client IDENTIFIER to another shard: its file, and the state of its keys and stores."""
    import sys
    from shlex import join

    from billing_identity.review.clients import moving
    from billing_identity.review.console import plain
    from billing_identity.review.exits import Exit

    loaded, client, _ = _read(identifier, catalogue, environment, root, as_of)
    why = moving.refusal(client, to)
    if why is not None:
        raise refused(why)
    move = moving.Move(root.resolve(), catalogue_of(catalogue, root), environment, client, to, day(as_of))
    try:
        found = moving.components(move)
        planned = moving.calls(move, found)
        if apply:
            moving.apply(move, planned)
    except moving.NoEngineError as error:
        print(plain(str(error)), file=sys.stderr)
        raise typer.Exit(Exit.OUTSIDE) from None
    except moving.MoveError as error:
        raise refused(str(error)) from None
    word = "did" if apply else "would"
    lines = [f"{word}: {join(call.command())}" for call in planned if call.urns]
    if all(other.shard != to for other in loaded.clients.values()):
        lines.insert(0, f"shard {to} is new: no client stands there yet")
    if not any(found.values()):
        lines.append("no key or store of its own: only the file changes")
    lines.append(f'{word}: write `shard: "{to}"` into clients/{client.id}.yaml')
    stacks = [call.destination for call in planned] + [call.source for call in planned]
    lines += [f"then: pulumi up --stack {stack}" for stack in stacks]
    print(plain("\n".join(lines)))
