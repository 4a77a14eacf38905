"""Moves a client to another shard: its file, and the state of its keys and stores.

What moves is found by two offline previews of the destination's stack, one with the client and one without:
the components that only the first declares. The engine hangs them on the destination's root; the next
`pulumi up` there puts them under their layer again, by an alias, and changes nothing else.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from billing_identity.review.preview.answers.lookups import LOOKUPS
from billing_identity.review.preview.record import Preview
from billing_identity.review.preview.run import run_program
from billing_identity.roles.loader import load
from billing_identity.roles.model.client import Client
from billing_identity.stacks.layer import TYPE as LAYER

Run = Callable[[list[str], Path], str]
"""Runs a command in a folder and gives its output. Raises CalledProcessError when it fails."""
LAYERS = ("keys", "data")
SHARD = re.compile(r"[0-9]{2}\Z")


class MoveError(Exception):
    """Why a client can't be moved, in words."""


class NoEngineError(MoveError):
    """Pulumi can't be started here."""


@dataclass(frozen=True)
class Move:
    """Where to: `folder` is the catalogue, `root` the folder of Pulumi.yaml."""

    root: Path
    folder: Path
    environment: str
    client: Client
    shard: str
    as_of: date

    def stack(self, layer: str, shard: str) -> str:
        """A shard's stack of a layer: `keys-prod-02`."""
        return f"{layer}-{self.environment}-{shard}"


@dataclass(frozen=True)
class Call:
    """One `pulumi state move`; nothing to do when `urns` is empty. `components` are what should move."""

    source: str
    destination: str
    components: tuple[str, ...]
    urns: tuple[str, ...]

    def command(self) -> list[str]:
        """The command, one word each."""
        return [
            "pulumi",
            "state",
            "move",
            "--yes",
            "--source",
            self.source,
            "--dest",
            self.destination,
            *self.urns,
        ]


def run(command: list[str], folder: Path) -> str:
    """The real runner. Raises NoEngineError where the command is not there."""
    try:
        found = subprocess.run(  # noqa: S603 - no shell, words of our own
            command, check=True, capture_output=True, text=True, cwd=folder
        )
    except FileNotFoundError:
        raise NoEngineError(f"`{command[0]}` is not on the PATH: install the Pulumi CLI") from None
    return found.stdout


def refusal(client: Client, shard: str) -> str | None:
    """Why a client can't go to a shard, or None."""
    if not SHARD.match(shard):
        return f"shard {shard!r}: write two digits, such as 02"
    if client.shard == shard:
        return f"client {client.id} is in shard {shard} already"
    if client.status == "closed":
        return f"client {client.id} is closed: it has no keys or stores that could move"
    return None


def components(move: Move) -> dict[str, tuple[str, ...]]:
    """Names of the components that move, by layer; nothing for a client whose stores are the shared ones.

    Raises MoveError when the program can't be previewed.
    """
    with tempfile.TemporaryDirectory() as place:
        moved = Path(place) / "catalogue"
        shutil.copytree(move.folder, moved)
        write_shard(moved / "clients" / f"{move.client.id}.yaml", move.shard)
        after, before = _declared(move, moved), _declared(move, move.folder)
    return {layer: tuple(sorted(after[layer] - before[layer])) for layer in LAYERS}


def _declared(move: Move, folder: Path) -> dict[str, set[str]]:
    """Components right below a layer, by layer, in the destination's stacks."""
    found: dict[str, set[str]] = {}
    outputs: dict[str, Mapping[str, Any]] = {}
    for layer in LAYERS:
        stack = move.stack(layer, move.shard)
        config = {
            "billing-identity:layer": layer,
            "billing-identity:environment": move.environment,
            "billing-identity:shard": move.shard,
            "billing-identity:catalogue": str(folder.resolve()),
            "billing-identity:asOf": move.as_of.isoformat(),
            "pulumi:disable-default-providers": '["*"]',
        }
        preview = run_program(move.root, stack, config, invokes=LOOKUPS, references=outputs)
        if preview.errors:
            raise MoveError("\n".join(f"{stack}: {error}" for error in preview.errors))
        outputs[preview.stack] = preview.stack_outputs
        found[layer] = _below_layer(preview)
    return found


def _below_layer(preview: Preview) -> set[str]:
    layers = {item.urn for item in preview.registrations if item.type == LAYER}
    return {item.name for item in preview.registrations if item.parent in layers}


def calls(move: Move, found: Mapping[str, tuple[str, ...]], runner: Run = run) -> list[Call]:
    """What is left to do, from the state of both stacks: what has moved already is left out.

    Raises MoveError when a stack can't be read, and when a component is in neither of them.
    """
    planned: list[Call] = []
    for layer in LAYERS:
        if not found[layer]:
            continue
        source, destination = move.stack(layer, move.client.shard), move.stack(layer, move.shard)
        here, there = _state(source, move.root, runner), _state(destination, move.root, runner)
        lost = [name for name in found[layer] if name not in here and name not in there]
        if lost:
            raise MoveError(
                f"{', '.join(lost)}: neither in {source} nor in {destination}; deploy {source} first, or "
                "look for the stack that holds the client"
            )
        urns = tuple(here[name] for name in found[layer] if name in here)
        planned.append(Call(source, destination, found[layer], urns))
    return planned


def _state(stack: str, root: Path, runner: Run) -> dict[str, str]:
    """URNs of a stack's components by name: those below a layer, or moved and not deployed since."""
    try:
        exported = json.loads(runner(["pulumi", "stack", "export", "--stack", stack], root))
    except (subprocess.CalledProcessError, ValueError, OSError) as error:
        said = error.stderr if isinstance(error, subprocess.CalledProcessError) else str(error)
        raise MoveError(
            f"stack {stack} can't be read: {said or error}; make it with `pulumi stack init {stack}` and its "
            "configuration, or give --environment"
        ) from error
    resources = cast("list[dict[str, Any]]", exported.get("deployment", {}).get("resources") or [])
    parents = {item["urn"] for item in resources if item["type"] in (LAYER, "pulumi:pulumi:Stack")}
    return {
        item["urn"].rsplit("::", 1)[1]: item["urn"]
        for item in resources
        if item.get("parent") in parents and item["type"].startswith("billing-identity:aws:")
    }


def apply(move: Move, planned: list[Call], runner: Run = run) -> None:
    """Moves the state, then writes the file. Can be repeated: what has moved is left out by `calls`.

    Raises MoveError with what the engine said; the file then still names the old shard.
    """
    for call in planned:
        if not call.urns:
            continue
        try:
            runner(call.command(), move.root)
        except (subprocess.CalledProcessError, OSError) as error:
            said = error.stderr if isinstance(error, subprocess.CalledProcessError) else str(error)
            raise MoveError(
                f"{call.source} to {call.destination}: {said or error}; the file is as it was: repeat the "
                "command when the cause is gone"
            ) from error
    write_shard(move.folder / "clients" / f"{move.client.id}.yaml", move.shard)


def write_shard(path: Path, shard: str) -> None:
    """Writes the shard into a client's file and touches nothing else in it. Raises MoveError."""
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(r"(?m)^(shard:[ \t]*)(\"[0-9]{2}\"|'[0-9]{2}')", rf'\g<1>"{shard}"', text)
    if count != 1:
        raise MoveError(f'{path.name}: no line `shard: "NN"` of its own; write it like that')
    partial = path.with_suffix(".partial")
    partial.write_text(changed, encoding="utf-8")
    partial.replace(path)


def verified(move: Move) -> bool:
    """Whether the written file says the shard, and the catalogue is still one."""
    loaded = load(move.folder)
    return loaded.catalogue is not None and loaded.catalogue.clients[move.client.id].shard == move.shard
