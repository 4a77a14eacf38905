"""The pull request's steps in a clean clone, in order, as the workflows write them, up to the comment.

What stands under `run:` is taken from the YAML and run with the variables of its `env:`. The actions of
others (checkout, Python, artifacts, upload of results) and the setting up of Python are not run.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ci_clone import CONFLICT, POSTER, SMALL, Clone, filled, loaded, program
from github_stand_in import SHA, standing_in

INCIDENT = """incident: lost-device
summary: A laptop was left on a train.
scope:
  devices: [guo00000000000000d01]
  systems: [azure-virtual-desktop]
opened_by: security-analyst
approver: security-officer
occurred: {occurred}
detected: {detected}
expires: {expires}
"""


def steps(clone: Clone, workflow: str, job: str) -> list[dict[str, Any]]:
    return loaded(clone.folder, f".github/workflows/{workflow}")["jobs"][job]["steps"]


def environment(step: dict[str, Any], context: dict[str, str]) -> dict[str, str]:
    return {name: filled(value, context) for name, value in step.get("env", {}).items()}


def check(clone: Clone, judge: Clone, base: str | None = None, **given: str) -> tuple[int, str, str]:
    """Runs the pull request's step with the action's own defaults and `given` inputs.

    Returns exit code, what was printed, the comment. A change of data is judged by the base's program: here
    by `judge`, so that none has to be installed.
    """
    workflow = steps(clone, "pull-request.yml", "access")
    used = next(step["with"] for step in workflow if step.get("uses") == "./.github/actions/review")
    action = loaded(clone.folder, ".github/actions/review/action.yml")
    known = {"github.event.pull_request.base.sha": base or clone.base}
    inputs = {name: value.get("default", "") for name, value in action["inputs"].items()}
    inputs |= {name: filled(value, known) for name, value in used.items()}
    inputs |= {"tool": str(judge.folder)} | given
    context = {f"inputs.{name}": value for name, value in inputs.items()}
    context["github.action_path"] = str(clone.folder / ".github/actions/review")
    (step,) = (step for step in action["runs"]["steps"] if "run" in step)
    done = clone.run(step["run"], environment(step, context))
    comment = clone.folder / "build" / "review" / "comment.md"
    return done.returncode, done.stdout + done.stderr, comment.read_text() if comment.exists() else ""


def scanned(clone: Clone) -> tuple[int, str]:
    """Runs the secret scan; returns its exit code and what it printed."""
    (step,) = (step for step in steps(clone, "pull-request.yml", "secrets") if "run" in step)
    done = clone.run(step["run"], environment(step, {"github.event.pull_request.base.sha": clone.base}))
    return done.returncode, done.stdout + done.stderr


def commented(clone: Clone, service: dict[str, str], scratch: Path) -> subprocess.CompletedProcess[str]:
    """Runs what the second workflow runs, with a stand-in for GitHub's own command; returns the last step."""
    runner = scratch / "runner"
    asked = f"run download 4711 --repo acme/access --name access-review --dir {runner}/review"
    programs = program(
        scratch, "gh", f'test "$*" = "{asked}"\ncp -r "{clone.folder}/build/review" "${{@: -1}}"'
    )
    context = {
        "github.token": "t",
        "github.event.workflow_run.id": "4711",
        "github.event.workflow_run.head_repository.owner.login": "someone",
        "github.event.workflow_run.head_branch": "poster",
        "github.event.workflow_run.head_sha": SHA,
    }
    shutil.rmtree(runner, ignore_errors=True)
    runner.mkdir()
    variables = {
        "GITHUB_API_URL": service["GITHUB_API_URL"],
        "GITHUB_REPOSITORY": "acme/access",
        "GITHUB_OUTPUT": str(scratch / "outputs"),
        "RUNNER_TEMP": str(runner),
        "PATH": programs,
    }
    download, post = (step for step in steps(clone, "comment.yml", "post") if "run" in step)
    done = clone.run(download["run"], variables | environment(download, context))
    assert done.returncode == 0, done.stderr
    return clone.run(post["run"], variables | environment(post, context))


def test_a_conflict_that_is_proposed_is_blocked_and_said(clone: Clone, trunk: Clone, tmp_path: Path) -> None:
    clone.replace(POSTER, "grants:\n", CONFLICT)
    clone.commit()
    code, said, comment = check(clone, trunk, stacks=SMALL)
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

    code, said = scanned(clone)
    assert code == 0, said

    with standing_in() as (host, service):
        posted = commented(clone, service, tmp_path)
        assert posted.returncode == 0, posted.stderr
        assert commented(clone, service, tmp_path).stdout == "comment is up to date\n"
    assert (tmp_path / "outputs").read_text() == "number=7\n" * 2
    (body,) = (item["body"] for item in host.comments)
    assert "Payment Poster gains athenaOne: Approve refunds" in body


def test_a_secret_that_is_proposed_is_found(clone: Clone) -> None:
    key = "AKIA" + "QYLPMN5HHHFPZAM2"
    (clone.folder / "notes.txt").write_text(f"aws_access_key_id = {key}\n")
    clone.commit()
    code, said = scanned(clone)
    assert code == 1 and "notes.txt" in said


def test_a_change_of_the_judge_and_of_no_access_is_said(clone: Clone, trunk: Clone) -> None:
    (clone.folder / "policies" / "__init__.py").write_text('"""Changed."""\n')
    clone.commit()
    code, said, comment = check(clone, clone, stacks=SMALL)
    assert code == 0, said
    assert "also changes the program" in comment
    assert "gains" not in comment


def test_a_catalogue_that_does_not_load_is_bad_input(clone: Clone, trunk: Clone) -> None:
    (clone.folder / POSTER).write_text("title: [\n")
    clone.commit()
    code, _, comment = check(clone, trunk, stacks=SMALL)
    assert code == 2
    assert "payment-poster.yaml" in comment


def test_an_incident_is_held_up_by_no_old_fault_of_something_else(clone: Clone, trunk: Clone) -> None:
    """The base is blocked by itself: a decision's day has passed."""
    decision = "roles/catalogue/decisions/automatic-logoff.yaml"
    day = loaded(clone.folder, decision)["review"]
    clone.replace(decision, f"review: {day}", "review: 2026-10-01")
    base = clone.commit()
    now = datetime.now(UTC).replace(microsecond=0)
    text = INCIDENT.format(
        occurred=(now - timedelta(hours=30)).isoformat(),
        detected=(now - timedelta(hours=26)).isoformat(),
        expires=(now + timedelta(days=3)).isoformat(),
    )
    (clone.folder / "roles/catalogue/incidents/stolen-laptop.yaml").write_text(text)
    clone.commit()
    code, said, comment = check(clone, trunk, base=base)
    assert code == 0, said + comment
    assert said.splitlines() == ["preview: exit code 0", "diff: exit code 0"], "no check of the whole"
    assert "stolen-laptop" in comment


def test_a_base_that_is_not_there_is_bad_input(clone: Clone, trunk: Clone) -> None:
    code, said, comment = check(clone, trunk, base="0" * 40)
    assert code == 2
    assert "fetch the whole history" in said
    assert comment == ""
