"""A client moves between two stacks of the real engine, and the next deployments change nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from billing_identity.review.clients import moving
from billing_identity.review.clients.moving import Move
from billing_identity.roles.loader import REFERENCE, load

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="the Pulumi CLI is not on PATH"),
]
PROGRAM = """
import pulumi
from billing_identity.stacks.layer import Layer


class Thing(pulumi.ComponentResource):
    pass


def declare(name, layer):
    options = pulumi.ResourceOptions(
        parent=layer, protect=True, aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]
    )
    made = Thing("billing-identity:aws:CustomerManagedKey", name, None, options)
    Thing("billing-identity:aws:Part", name + "-part", None, pulumi.ResourceOptions(parent=made))


layer = Layer("keys")
for name in pulumi.Config("p").require_object("names"):
    declare(name, layer)
"""
KEY = "key-client-riverbend-hospital"


def pulumi(folder: Path, *words: str) -> str:
    found = subprocess.run(["pulumi", *words], cwd=folder, capture_output=True, text=True, timeout=120)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def test_a_moved_client_is_adopted_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, backend, folder = tmp_path / "project", tmp_path / "backend", tmp_path / "catalogue"
    project.mkdir()
    backend.mkdir()
    shutil.copytree(REFERENCE, folder)
    (project / "venv").symlink_to(sys.prefix)
    (project / "__main__.py").write_text(PROGRAM)
    (project / "Pulumi.yaml").write_text(
        "name: p\nruntime:\n  name: python\n  options: { toolchain: pip, virtualenv: venv }\n"
    )
    for name, value in {
        "PULUMI_BACKEND_URL": f"file://{backend}",
        "PULUMI_HOME": str(backend / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "NO_COLOR": "1",
    }.items():
        monkeypatch.setenv(name, value)

    def names(stack: str, *wanted: str) -> None:
        path = project / f"Pulumi.{stack}.yaml"
        path.write_text(_config(path, wanted))

    stacks = {"keys-prod-01": ("key-ephi", KEY), "keys-prod-03": ("key-client-other",)}
    for stack, wanted in stacks.items():
        pulumi(project, "stack", "init", stack)
        names(stack, *wanted)
        pulumi(project, "up", "--yes", "--skip-preview", "-s", stack)
    loaded = load(folder).catalogue
    assert loaded is not None
    client = loaded.clients["riverbend-hospital"]
    assert client.shard == "01"
    move = Move(project, folder, "prod", client, "03", date(2026, 11, 24))
    planned = moving.calls(move, {"keys": (KEY,), "data": ()})
    moving.apply(move, planned)
    assert moving.verified(move)
    names("keys-prod-01", "key-ephi")
    names("keys-prod-03", "key-client-other", KEY)
    for stack, count in (("keys-prod-01", 4), ("keys-prod-03", 6)):
        said = pulumi(project, "up", "--yes", "--skip-preview", "-s", stack)
        assert re.search(rf"Resources:\s+{count} unchanged\s+Duration", said), said
    urns = pulumi(project, "stack", "--show-urns", "-s", "keys-prod-03")
    assert f"billing-identity:stack:Layer$billing-identity:aws:CustomerManagedKey::{KEY}" in urns
    assert moving.calls(move, {"keys": (KEY,), "data": ()})[0].urns == ()


def _config(path: Path, names: tuple[str, ...]) -> str:
    """The stack's file with the list of names; the engine's own lines stay."""
    kept = [line for line in path.read_text().splitlines() if line.startswith("encryptionsalt")]
    listed = "".join(f"\n    - {name}" for name in names)
    return "\n".join([*kept, f"config:\n  p:names:{listed}", ""])
