"""The real Pulumi engine against the sandbox, with a tiny program over the three providers."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from billing_identity.sandbox import commands

PROGRAM = Path(__file__).parent / "engine_program"
GROUP = "okta:group/group:Group"
pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="the Pulumi CLI is not on PATH"),
]


class Stack:
    """A stack of the tiny program, with its own backend and its own sandbox state."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "sandbox"
        self.program = folder / "program"
        shutil.copytree(PROGRAM, self.program)
        environment = Path(sys.executable).parent.parent
        runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": str(environment)}}
        (self.program / "Pulumi.yaml").write_text(json.dumps({"name": "tiny", "runtime": runtime}))
        backend = folder / "backend"
        backend.mkdir()
        self.environment = {
            **os.environ,
            "HOME": str(folder),
            "PULUMI_HOME": str(folder / ".pulumi"),
            "PULUMI_BACKEND_URL": backend.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "x",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        self.pulumi("stack", "init", "dev")

    def pulumi(self, *words: str, expect: int | None = 0) -> str:
        command = [sys.executable, "-m", "billing_identity.sandbox", str(self.state), "--", "pulumi"]
        done = subprocess.run(
            [*command, *words, "--non-interactive"],
            cwd=self.program,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
        )
        output = done.stdout + done.stderr
        assert expect is None or done.returncode == expect, output
        return output

    def up(self, *words: str, expect: int | None = 0) -> str:
        return self.pulumi("up", "--yes", "--skip-preview", *words, expect=expect)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Stack:
    made = Stack(tmp_path_factory.mktemp("engine"))
    made.up()
    return made


def test_the_first_preview_makes_nothing(tmp_path: Path) -> None:
    fresh = Stack(tmp_path)
    assert "to create" in fresh.pulumi("preview")
    assert commands.ls(fresh.state, package="aws") == []


def test_up_again_changes_nothing(stack: Stack) -> None:
    stack.up("--expect-no-changes")


def test_refresh_finds_nothing(stack: Stack) -> None:
    stack.pulumi("refresh", "--preview-only", "--expect-no-changes")


def test_outputs_are_known_and_secrets_are_secret(stack: Stack) -> None:
    outputs: dict[str, Any] = json.loads(stack.pulumi("stack", "output", "--json"))
    assert outputs["key"].startswith("arn:aws:kms:us-east-1:111111111111:key/mrk-")
    assert outputs["tags"] == {"owner": "billing", "data-class": "ephi"}
    assert outputs["account"] == "222222222222"
    assert outputs["secret"] == "[secret]"


def test_tampered_and_deleted_objects_are_found_and_restored(stack: Stack) -> None:
    versioning = "aws:s3/bucketVersioning:BucketVersioning"
    commands.edit(stack.state, GROUP, "role-medical-coder", {"description": "everyone"})
    commands.rm(stack.state, versioning, "acme-ephi")
    found = stack.pulumi("refresh", "--preview-only", "--diff")
    assert '+ description: "everyone"' in found
    assert "1 to update" in found
    assert "1 to delete" in found
    stack.up("--refresh")
    assert "description" not in commands.show(stack.state, GROUP, "role-medical-coder")
    assert commands.show(stack.state, versioning, "acme-ephi")
    stack.pulumi("refresh", "--preview-only", "--expect-no-changes")


def test_a_changed_name_shows_as_an_update_in_place(stack: Stack) -> None:
    stack.pulumi("config", "set", "group", "role-coder")
    try:
        shown = stack.pulumi("preview", "--diff")
    finally:
        stack.pulumi("config", "rm", "group")
    assert '~ name: "role-medical-coder" => "role-coder"' in shown
    assert "replace" not in shown


def test_missing_preconditions_fail_as_the_real_services_would(tmp_path: Path) -> None:
    fresh = Stack(tmp_path)
    fresh.pulumi("config", "set", "broken", "true")
    output = " ".join(fresh.up("--continue-on-error", expect=None).split())
    for words in (
        "Invalid property jobCode in expression",
        "Event source aws.partner/okta.com/acme/other does not exist",
        "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals",
    ):
        assert words in output


def test_destroy_leaves_only_what_the_service_keeps(stack: Stack) -> None:
    stack.pulumi("destroy", "--yes", "--skip-preview")
    left = [row["type"] for row in commands.ls(stack.state) if row["package"] != "okta"]
    assert left == ["aws:kms/key:Key"]
    assert [row for row in commands.ls(stack.state, kind=GROUP) if row["name"] == "role-medical-coder"] == []
