"""The pull request's steps in a clean clone, in order, as the workflows write them, up to the comment.

What stands under `run:` is taken from the YAML and run with the variables of its `env:`. The actions of
others (checkout, Python, artifacts, upload of results) and the setting up of Python are not run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from github_stand_in import SHA, standing_in

ROOT = Path(__file__).resolve().parents[2]
CONFLICT = (
    "  - { entitlement: athenaone/refund-approval, rationale: To see what is said., since: 2026-11-01 }\n"
)


def filled(text: str, context: dict[str, str]) -> str:
    """A value with its expressions filled in; one that the context does not have is an error."""
    return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda match: context[match[1]], text)


def steps(folder: Path, workflow: str, job: str) -> list[dict[str, Any]]:
    return yaml.safe_load((folder / workflow).read_text())["jobs"][job]["steps"]


class Clone:
    """A clean clone of the last commit, with this environment's packages instead of a new installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("clone", "--quiet", str(ROOT), str(folder), cwd=ROOT)
        self.git("config", "user.email", "dev@acme.example")
        self.git("config", "user.name", "dev")
        self.base = self.git("rev-parse", "HEAD")

    def git(self, *words: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *words], cwd=cwd or self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "-m", "proposal")

    def run(
        self, step: dict[str, Any], context: dict[str, str], **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """A step's script in the shell that the service uses."""
        env = {name: filled(value, context) for name, value in step.get("env", {}).items()}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={**os.environ, **variables, **env},
            check=False,
            capture_output=True,
            text=True,
            timeout=280,
        )

    def check(self, base: str | None = None) -> tuple[int, str, str]:
        """Runs the step; returns exit code, what was printed, the comment."""
        tool = self.folder.parent / "tool"
        tool.mkdir(exist_ok=True)
        if not (tool / ".venv").exists():
            (tool / ".venv").symlink_to(sys.prefix)
        workflow = steps(self.folder, ".github/workflows/pull-request.yml", "access")
        given = next(step["with"] for step in workflow if step.get("uses") == "./.github/actions/review")
        action = yaml.safe_load((self.folder / ".github/actions/review/action.yml").read_text())
        known = {"github.event.pull_request.base.sha": base or self.base}
        inputs = {name: value.get("default", "") for name, value in action["inputs"].items()}
        inputs |= {name: filled(value, known) for name, value in given.items()} | {"tool": str(tool)}
        context = {f"inputs.{name}": value for name, value in inputs.items()}
        context["github.action_path"] = str(self.folder / ".github/actions/review")
        (step,) = (step for step in action["runs"]["steps"] if "run" in step)
        done = self.run(step, context)
        comment = self.folder / "build" / "review" / "comment.md"
        return done.returncode, done.stdout + done.stderr, comment.read_text() if comment.exists() else ""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "clone")


def test_a_conflict_that_is_proposed_is_blocked_and_said(clone: Clone) -> None:
    role = clone.folder / "roles" / "catalogue" / "roles" / "payment-poster.yaml"
    role.write_text(role.read_text().replace("grants:\n", f"grants:\n{CONFLICT}", 1))
    clone.commit()
    code, said, comment = clone.check()
    assert code == 1, said
    assert comment.startswith("<!-- billing-identity: access review -->")
    assert "adjustments-and-refunds" in comment
    assert "Payment Poster" in comment
    assert len(comment) < 65_536
    assert clone.git("worktree", "list").count("\n") == 0, "nothing is left behind"

    results = json.loads((clone.folder / "build/review/access.sarif").read_text())["runs"][0]["results"]
    lines = {item["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for item in results}
    assert "roles/catalogue/roles/payment-poster.yaml" in lines
    assert 'failures="1"' in (clone.folder / "build/review/access.junit.xml").read_text()

    pull_request = ".github/workflows/pull-request.yml"
    (scan,) = (step for step in steps(clone.folder, pull_request, "secrets") if "run" in step)
    context = {"github.event.pull_request.base.sha": clone.base}
    scanned = clone.run(scan, context, BIN=str(Path(sys.prefix) / "bin"))
    assert scanned.returncode == 0, scanned.stdout + scanned.stderr

    posting = steps(clone.folder, ".github/workflows/comment.yml", "post")
    (step,) = (step for step in posting if step.get("id") == "comment")
    with standing_in() as (host, service):
        (clone.folder / "build" / "outputs").touch()
        context = {
            "github.token": "t",
            "github.event.workflow_run.head_repository.owner.login": "someone",
            "github.event.workflow_run.head_branch": "poster",
            "github.event.workflow_run.head_sha": SHA,
        }
        variables = {
            "GITHUB_API_URL": service["GITHUB_API_URL"],
            "GITHUB_REPOSITORY": "acme/access",
            "GITHUB_OUTPUT": str(clone.folder / "build" / "outputs"),
            "RUNNER_TEMP": str(clone.folder / "build"),
        }
        posted = clone.run(step, context, **variables)
    assert posted.returncode == 0, posted.stderr
    assert (clone.folder / "build" / "outputs").read_text() == "number=7\n"
    (body,) = (item["body"] for item in host.comments)
    assert "Payment Poster gains athenaOne: Approve refunds" in body


def test_a_secret_that_is_proposed_is_found(clone: Clone) -> None:
    key = "AKIA" + "QYLPMN5HHHFPZAM2"
    (clone.folder / "notes.txt").write_text(f"aws_access_key_id = {key}\n")
    clone.commit()
    (scan,) = (
        step for step in steps(clone.folder, ".github/workflows/pull-request.yml", "secrets") if "run" in step
    )
    context = {"github.event.pull_request.base.sha": clone.base}
    done = clone.run(scan, context, BIN=str(Path(sys.prefix) / "bin"))
    assert done.returncode == 1 and "notes.txt" in done.stdout


def test_a_change_of_the_judge_and_of_no_access_is_said(clone: Clone) -> None:
    (clone.folder / "policies" / "__init__.py").write_text('"""Changed."""\n')
    clone.commit()
    code, said, comment = clone.check()
    assert code == 0, said
    assert "also changes the program" in comment
    assert "gains" not in comment


def test_a_catalogue_that_does_not_load_is_bad_input(clone: Clone) -> None:
    (clone.folder / "roles" / "catalogue" / "roles" / "payment-poster.yaml").write_text("title: [\n")
    clone.commit()
    code, _, comment = clone.check()
    assert code == 2
    assert "payment-poster.yaml" in comment


def test_a_base_that_is_not_there_is_bad_input(clone: Clone) -> None:
    code, said, comment = clone.check(base="0" * 40)
    assert code == 2
    assert "fetch the whole history" in said
    assert comment == ""
