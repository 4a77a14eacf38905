"""The CI files: pinned, least privilege, no secret where proposed code runs, accepted by linters."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from billing_identity.stacks.program import BUILDERS

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))
BIN = Path(sys.prefix) / "bin"


def load(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: "/".join(path.parts[-2:]))
def test_every_foreign_action_is_pinned_by_full_hash_with_its_version(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if (match := re.search(r"uses: (\S+)(.*)", line)) and not match[1].startswith("./"):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", match[1]), line
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", match[2]), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_permitted_but_what_a_job_names(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert "permissions" in job, name
        if "uses" not in job:
            assert int(job["timeout-minutes"]) <= 90, name
        for step in job.get("steps", []):
            if str(step.get("uses", "")).startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false", name


def test_a_run_of_proposed_code_has_no_secret_and_writes_nothing() -> None:
    text = (ROOT / ".github/workflows/pull-request.yml").read_text(encoding="utf-8")
    assert "pull_request_target" not in text
    assert re.findall(r"\$\{\{[^}]*secrets", text) == []
    assert re.findall(r"\w[\w-]*: write", text) == []
    assert "environment:" not in text


def test_what_may_comment_runs_the_default_branch_and_nothing_that_was_proposed() -> None:
    jobs = load(ROOT / ".github/workflows/comment.yml")["jobs"]
    writes = {
        name: [what for what, level in job["permissions"].items() if level == "write"]
        for name, job in jobs.items()
    }
    assert writes == {"post": ["pull-requests"], "results": ["security-events"]}
    for job in jobs.values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "text from outside never becomes a script"
            if str(step.get("uses", "")).startswith("actions/checkout@"):
                assert step["with"]["ref"] == "${{ github.event.repository.default_branch }}"


def test_results_go_to_the_pull_request_that_github_names() -> None:
    steps = load(ROOT / ".github/workflows/comment.yml")["jobs"]["results"]["steps"]
    upload = steps[-1]["with"]
    assert upload["ref"] == "refs/pull/${{ needs.post.outputs.number }}/head"
    assert upload["sha"] == "${{ github.event.workflow_run.head_sha }}"


def test_deployment_needs_the_plan_the_approval_and_the_guard() -> None:
    jobs = load(ROOT / ".github/workflows/deploy-layer.yml")["jobs"]
    assert jobs["plan"]["env"]["BILLING_IDENTITY_IDENTITY"] == "read"
    assert jobs["apply"]["needs"] == "plan"
    assert jobs["apply"]["environment"] == "${{ inputs.approval }}"
    assert jobs["apply"]["concurrency"]["cancel-in-progress"] == "false"
    assert "ci/apply.sh" in jobs["apply"]["steps"][-1]["run"]
    assert "default_branch" in jobs["plan"]["if"]


@pytest.mark.parametrize(("name", "approval"), [("deploy", "prod"), ("dated", "prod-dated")])
def test_layers_go_in_order_one_deployment_at_a_time(name: str, approval: str) -> None:
    workflow = load(ROOT / f".github/workflows/{name}.yml")
    assert workflow["concurrency"] == {"group": "deploy-prod", "cancel-in-progress": "false"}
    jobs = workflow["jobs"]
    layers = [layer for layer in BUILDERS if layer != "containment"]
    assert list(jobs) == layers
    before = dict(zip(layers[1:], layers, strict=False))
    assert {layer: job.get("needs") for layer, job in jobs.items()} == {"keys": None} | before
    assert {job["with"]["approval"] for job in jobs.values()} == {approval}


def test_containment_waits_for_no_other_deployment_and_for_no_approval_of_one() -> None:
    """Neither one of another layer nor an earlier one of its own, on any service."""
    workflow = load(ROOT / ".github/workflows/containment.yml")
    assert "github.run_id" in workflow["concurrency"]["group"]
    (job,) = workflow["jobs"].values()
    assert job["with"] == {"layer": "containment", "environment": "prod", "approval": "prod-incident"}
    apply = load(ROOT / ".github/workflows/deploy-layer.yml")["jobs"]["apply"]
    assert "inputs.layer == 'containment' && github.run_id" in apply["concurrency"]["group"]
    gitlab = load(ROOT / "ci/gitlab/deploy.gitlab-ci.yml")
    shared = gitlab[".apply"]["resource_group"]
    assert gitlab["plan containment"]["needs"] == []
    assert gitlab["apply containment"]["resource_group"] not in (shared, None)
    azure = load(ROOT / "ci/azure/containment.yml")
    assert "lockBehavior" not in azure
    layers = load(ROOT / "ci/azure/deploy.yml")["parameters"][0]["default"]
    assert "containment" not in [layer["name"] for layer in layers]


def linted(tool: str, *words: str) -> None:
    program = shutil.which(tool, path=f"{BIN}:{__import__('os').environ.get('PATH', '')}")
    if program is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([program, *words], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_accepts_the_workflows() -> None:
    linted("actionlint", *(str(path) for path in WORKFLOWS))


def test_zizmor_accepts_workflows_and_actions() -> None:
    linted("zizmor", "--offline", "--no-progress", "--persona", "pedantic", ".github")


def test_shellcheck_accepts_the_scripts() -> None:
    linted("shellcheck", *(str(path) for path in sorted((ROOT / "ci").glob("*.sh"))), ".ci/run")


SCHEMAS = {
    "vendor.github-workflows": ([str(path) for path in WORKFLOWS], []),
    "vendor.github-actions": ([str(path) for path in ACTIONS], []),
    "vendor.gitlab-ci": (
        [str(path) for path in sorted((ROOT / "ci/gitlab").glob("*.yml"))],
        ["--data-transform", "gitlab-ci"],
    ),
    "vendor.azure-pipelines": (
        [str(path) for path in sorted((ROOT / "ci/azure").glob("*.yml"))],
        ["--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"],
    ),
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_vendors_schemas_accept_the_files(schema: str) -> None:
    files, options = SCHEMAS[schema]
    assert files
    linted("check-jsonschema", "--builtin-schema", schema, *options, *files)
