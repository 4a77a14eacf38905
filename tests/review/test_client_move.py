"""A client moves to another shard: file and state, in an order that can be repeated."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from billing_identity.review.clients import moving
from billing_identity.review.clients.moving import Call, Move, MoveError
from billing_identity.review.commands import client as command
from billing_identity.roles.loader import REFERENCE, load

ROOT = Path(__file__).parents[2]
CLIENT = "riverbend-hospital"
PLACES = {"keys": ("key-client-riverbend-hospital",), "data": ("ephi-edi-riverbend-hospital",)}


class Engine:
    """Two shards of two layers, as `pulumi stack export` and `pulumi state move` show them."""

    def __init__(self, here: str) -> None:
        self.calls: list[list[str]] = []
        self.broken: set[str] = set()
        self.stacks: dict[str, set[str]] = {
            f"{layer}-prod-{shard}": set(names) if shard == here else set()
            for layer, names in PLACES.items()
            for shard in ("01", "03")
        }
        self.moved: set[str] = set()

    def __call__(self, command: list[str], folder: Path) -> str:
        assert folder == ROOT
        self.calls.append(command)
        if command[1:3] == ["stack", "export"]:
            stack = command[-1]
            if stack not in self.stacks:
                raise subprocess.CalledProcessError(255, command, stderr=f"no stack named '{stack}' found")
            return json.dumps({"deployment": {"resources": self.resources(stack)}})
        source, destination = command[5], command[7]
        if source in self.broken:
            raise subprocess.CalledProcessError(255, command, stderr="the stack is locked")
        for urn in command[8:]:
            name = urn.rsplit("::", 1)[1]
            self.stacks[source].remove(name)
            self.stacks[destination].add(name)
            self.moved.add(name)
        return ""

    def resources(self, stack: str) -> list[dict[str, str]]:
        root = f"urn:pulumi:{stack}::p::pulumi:pulumi:Stack::p-{stack}"
        layer = f"urn:pulumi:{stack}::p::billing-identity:stack:Layer::keys"
        found = [
            {"urn": root, "type": "pulumi:pulumi:Stack"},
            {"urn": layer, "type": "billing-identity:stack:Layer", "parent": root},
        ]
        for name in sorted(self.stacks[stack]):
            type_ = "billing-identity:aws:Thing"
            found.append(
                {
                    "urn": f"urn:pulumi:{stack}::p::{type_}::{name}",
                    "type": type_,
                    "parent": root if name in self.moved else layer,
                }
            )
        return found


@pytest.fixture
def move(tmp_path: Path) -> Move:
    folder = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, folder)
    loaded = load(folder).catalogue
    assert loaded is not None
    client = loaded.clients[CLIENT].model_copy(update={"shard": "01"})
    path = folder / "clients" / f"{CLIENT}.yaml"
    path.write_text(path.read_text().replace('shard: "02"', 'shard: "01"'))
    return Move(ROOT, folder, "prod", client, "03", date(2026, 11, 24))


def shard(move: Move) -> str:
    loaded = load(move.folder).catalogue
    assert loaded is not None
    return loaded.clients[CLIENT].shard


def test_what_moves_is_what_the_program_declares_for_the_client(move: Move) -> None:
    found = moving.components(move)
    assert found["keys"] == ("key-client-riverbend-hospital",)
    assert {"ephi-edi-riverbend-hospital", "replication-riverbend-hospital"} <= set(found["data"])
    assert all(CLIENT in name for name in found["data"])
    assert shard(move) == "01"


def test_a_client_of_the_shared_stores_moves_in_its_file_only(move: Move) -> None:
    loaded = load(move.folder).catalogue
    assert loaded is not None
    assert moving.components(replace(move, client=loaded.clients["summit-pediatrics"])) == {
        "keys": (),
        "data": (),
    }


def test_the_state_moves_layer_by_layer_and_then_the_file(move: Move) -> None:
    engine = Engine("01")
    planned = moving.calls(move, PLACES, engine)
    assert [(call.source, call.destination) for call in planned] == [
        ("keys-prod-01", "keys-prod-03"),
        ("data-prod-01", "data-prod-03"),
    ]
    assert planned[0].command() == [
        *("pulumi", "state", "move", "--yes", "--source", "keys-prod-01", "--dest", "keys-prod-03"),
        "urn:pulumi:keys-prod-01::p::billing-identity:aws:Thing::key-client-riverbend-hospital",
    ]
    assert shard(move) == "01"
    moving.apply(move, planned, engine)
    assert engine.stacks["keys-prod-03"] == set(PLACES["keys"])
    assert engine.stacks["data-prod-01"] == set()
    assert shard(move) == "03"
    assert moving.verified(move)


def test_a_move_that_stopped_half_way_goes_on_where_it_stopped(move: Move) -> None:
    engine = Engine("01")
    engine.broken.add("data-prod-01")
    with pytest.raises(MoveError, match="the stack is locked; the file is as it was"):
        moving.apply(move, moving.calls(move, PLACES, engine), engine)
    assert shard(move) == "01"
    assert engine.stacks["keys-prod-03"] == set(PLACES["keys"])
    engine.broken.clear()
    again = moving.calls(move, PLACES, engine)
    assert again[0] == Call("keys-prod-01", "keys-prod-03", PLACES["keys"], ())
    moving.apply(move, again, engine)
    assert engine.stacks["data-prod-03"] == set(PLACES["data"])
    assert shard(move) == "03"
    moves = [call for call in engine.calls if call[1:3] == ["state", "move"]]
    assert len(moves) == 3  # keys, data that was locked, data


def test_what_is_in_neither_stack_is_not_moved(move: Move) -> None:
    engine = Engine("02")
    with pytest.raises(MoveError, match="neither in keys-prod-01 nor in keys-prod-03"):
        moving.calls(move, PLACES, engine)


def test_a_missing_destination_is_named(move: Move) -> None:
    engine = Engine("01")
    del engine.stacks["keys-prod-03"]
    with pytest.raises(MoveError, match=r"keys-prod-03 can't be read: no stack named .* found; make it"):
        moving.calls(move, PLACES, engine)


@pytest.mark.parametrize(
    ("to", "status", "said"),
    [
        ("3", "active", "write two digits"),
        ("01", "active", "is in shard 01 already"),
        ("02", "closed", "it has no keys or stores"),
    ],
)
def test_senseless_moves_are_refused(move: Move, to: str, status: str, said: str) -> None:
    why = moving.refusal(move.client.model_copy(update={"status": status}), to)
    assert why is not None
    assert said in why


@pytest.mark.parametrize("line", ["shard: 01", "", 'shard: "01"\nshard: "01"', '{shard: "01"}'])
def test_a_file_that_is_written_otherwise_is_left_alone(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"title: A\n{line}\n")
    with pytest.raises(MoveError, match="write it like that"):
        moving.write_shard(path, "02")
    assert path.read_text() == f"title: A\n{line}\n"
    assert [item.name for item in tmp_path.iterdir()] == ["a.yaml"]


def test_the_rest_of_the_file_stays_as_it_is(move: Move) -> None:
    path = move.folder / "clients" / f"{CLIENT}.yaml"
    before = path.read_text()
    moving.write_shard(path, "03")
    assert path.read_text() == before.replace('shard: "01"', 'shard: "03"')


def test_without_apply_the_command_only_says_what_it_would_do(
    move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine("01")
    monkeypatch.setattr(moving, "components", lambda _: PLACES)
    monkeypatch.setattr(moving.calls, "__defaults__", (engine,))
    monkeypatch.setattr(moving.apply, "__defaults__", (engine,))
    words = ["move", CLIENT, "--to", "03", "--catalogue", str(move.folder), "--root", str(ROOT)]
    said = CliRunner().invoke(command.group, words)
    assert said.exit_code == 0, said.output
    assert "would: pulumi state move --yes --source keys-prod-01 --dest keys-prod-03" in said.output
    assert 'would: write `shard: "03"`' in said.output
    assert "then: pulumi up --stack keys-prod-03" in said.output
    assert not engine.moved
    assert shard(move) == "01"
    done = CliRunner().invoke(command.group, [*words, "--apply"])
    assert "did: pulumi state move" in done.output
    assert shard(move) == "03"


def test_without_pulumi_nothing_is_read_and_the_exit_says_outside(
    move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "components", lambda _: PLACES)
    monkeypatch.setenv("PATH", str(move.folder))
    words = ["move", CLIENT, "--to", "99", "--catalogue", str(move.folder), "--root", str(ROOT)]
    said = CliRunner().invoke(command.group, words)
    assert said.exit_code == 4
    assert "`pulumi` is not on the PATH" in said.output
    assert "stack init" not in said.output


def test_a_shard_that_nobody_has_is_called_new(move: Move) -> None:
    words = ["move", "summit-pediatrics", "--catalogue", str(move.folder), "--root", str(ROOT), "--to"]
    assert "shard 99 is new" in CliRunner().invoke(command.group, [*words, "99"]).output
