"""`check` and `preview` as a person runs them: exit codes, what is named, what is lifted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from billing_identity.stacks.program import BUILDERS

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "roles" / "catalogue"
DAY = "2026-11-24"
CONFLICT = (
    "  - { entitlement: athenaone/refund-approval, rationale: To see what is said., since: 2026-11-01 }\n"
)
EXCEPTION = """\
lifts:
  rule: adjustments-and-refunds
  subject: role:payment-poster
  environments: [prod]
reason: The refund approver's seat is empty until the new year.
compensating_control: The controller reviews every refund of the week.
approver: security-officer
approved: 2026-11-20
expires: 2027-01-31
ticket: GRC-1042
"""


def run(*arguments: str, width: int = 100) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "billing_identity.review.cli", *arguments],
        cwd=ROOT,
        env={"PATH": "", "HOME": "/nonexistent", "COLUMNS": str(width)},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, copy)
    return copy


def conflicting(catalogue: Path) -> None:
    role = catalogue / "roles" / "payment-poster.yaml"
    text = role.read_text(encoding="utf-8")
    role.write_text(text.replace("grants:\n", f"grants:\n{CONFLICT}"), encoding="utf-8")


def preview(catalogue: Path, tmp_path: Path, *more: str) -> tuple[int, dict[str, Any]]:
    out = str(tmp_path / "out")
    done = run(
        "preview", "--catalogue", str(catalogue), "--as-of", DAY, "--out", out, "--format", "json", *more
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_the_reference_is_in_order() -> None:
    done = run("check", "--as-of", DAY)
    assert done.returncode == 0, done.stdout
    assert "The catalogue is in order." in done.stdout


def test_check_names_who_what_rule_and_citation(catalogue: Path) -> None:
    conflicting(catalogue)
    done = run("check", str(catalogue), "--as-of", DAY)
    assert done.returncode == 1
    for said in (
        "role:payment-poster",
        "athenaone/refund-approval",
        "adjustments-and-refunds",
        "164.308(a)(3)(i)",
    ):
        assert said in done.stdout, done.stdout
    assert "roles/payment-poster.yaml:" in done.stdout


def test_preview_blocks_the_same_conflict(catalogue: Path, tmp_path: Path) -> None:
    conflicting(catalogue)
    code, said = preview(catalogue, tmp_path)
    assert code == 1
    rules = {finding["rule"] for finding in said["findings"] if finding["blocks"]}
    assert any(rule.startswith("separation-of-duties") for rule in rules), rules
    blocking = [problem for problem in said["problems"] if problem["blocks"]]
    assert {problem["code"] for problem in blocking} == {"adjustments-and-refunds"}
    assert any("payment-poster" in finding["message"] for finding in said["findings"] if finding["blocks"])


def test_a_dated_exception_lifts_it_and_is_listed(catalogue: Path, tmp_path: Path) -> None:
    conflicting(catalogue)
    (catalogue / "exceptions" / "poster-refunds.yaml").write_text(EXCEPTION, encoding="utf-8")
    done = run("check", str(catalogue), "--as-of", DAY)
    assert done.returncode == 0, done.stdout
    assert "exception:poster-refunds" in done.stdout
    code, said = preview(catalogue, tmp_path)
    assert code == 0, [finding["message"] for finding in said["findings"] if finding["blocks"]]
    assert any(problem["lifted_by"] == "poster-refunds" for problem in said["problems"])
    assert any(finding["liftedBy"] == "poster-refunds" for finding in said["findings"])


def test_the_exception_stops_lifting_after_its_last_day(catalogue: Path) -> None:
    conflicting(catalogue)
    (catalogue / "exceptions" / "poster-refunds.yaml").write_text(EXCEPTION, encoding="utf-8")
    assert run("check", str(catalogue), "--as-of", "2027-01-31").returncode == 0
    assert run("check", str(catalogue), "--as-of", "2027-02-01").returncode == 1


def test_preview_of_the_reference(tmp_path: Path) -> None:
    code, said = preview(REFERENCE, tmp_path)
    assert code == 0
    assert said["findings"] == []
    assert said["resources"] >= 250
    assert list(dict.fromkeys(row["layer"] for row in said["plan"])) == list(BUILDERS)
    assert {row["provider"] for row in said["plan"]} == {"Okta", "Entra", "AWS"}
    assert (tmp_path / "out" / "deployment.json").is_file()


def test_preview_of_layers_judges_the_same(tmp_path: Path) -> None:
    stacks = [f"{layer}-prod" for layer in BUILDERS]
    code, said = preview(REFERENCE, tmp_path, *(word for stack in stacks for word in ("--stack", stack)))
    assert code == 0
    assert said["findings"] == []
    _, whole = preview(REFERENCE, tmp_path)
    assert said["plan"] == whole["plan"]


def test_preview_with_unknown_ids_says_what_is_undecided_and_passes_nothing_for_it(tmp_path: Path) -> None:
    code, said = preview(REFERENCE, tmp_path, "--unknown")
    assert code == 0
    verdicts = {finding["verdict"] for finding in said["findings"]}
    assert verdicts == {"undecided"}


def test_same_input_same_day_same_bytes(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        done = run("preview", "--as-of", DAY, "--out", str(tmp_path / name))
        assert done.returncode == 0, done.stdout
        files.append((tmp_path / name / "deployment.json").read_bytes())
    assert files[0] == files[1]


def test_nothing_printed_is_wider_than_the_terminal(tmp_path: Path) -> None:
    done = run("preview", "--as-of", DAY, "--out", str(tmp_path), width=100)
    assert max(len(line) for line in done.stdout.splitlines()) <= 100


BAD = {
    "no such stack": (("preview", "--stack", "nothing-here"), "nothing-here"),
    "no such day": (("check", "--as-of", "2026-13-01"), "YYYY-MM-DD"),
    "no such folder": (("check", "no/such/folder"), "folder"),
    "a file for a folder": (("check", "README.md"), "folder"),
    "nothing to run": (("sandbox", "run"), "no command"),
    "no sandbox": (
        ("sandbox", "rm", "okta:group/group:Group", "00g0", "--state", "{tmp}/state"),
        "no sandbox",
    ),
    "a patch that is no JSON": (
        ("sandbox", "edit", "okta:group/group:Group", "00g0", "[", "--state", "{tmp}/state"),
        "Expecting",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_usage_is_one_clear_error(case: str, tmp_path: Path) -> None:
    arguments, said = BAD[case]
    done = run(*(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stdout + done.stderr


def test_bad_input_leaves_nothing_behind(catalogue: Path, tmp_path: Path) -> None:
    (catalogue / "roles" / "payment-poster.yaml").write_text("title: [", encoding="utf-8")
    code, said = preview(catalogue, tmp_path)
    assert code == 2
    assert said["problems"][0]["location"]["file"] == "roles/payment-poster.yaml"
    assert not (tmp_path / "out").exists()


def test_a_stack_that_is_not_configured_is_named_with_those_that_are() -> None:
    done = run("preview", "-s", "nope-prod")
    assert done.returncode == 2
    said = " ".join(done.stdout.split())
    assert "`nope-prod` has no configuration" in said
    assert "all-prod" in said
    assert "Traceback" not in done.stderr


def test_an_empty_place_is_no_sandbox(tmp_path: Path) -> None:
    done = run("sandbox", "ls", "--state", str(tmp_path / "none"))
    assert done.returncode == 2
    assert "holds no sandbox" in " ".join(done.stderr.split())
    assert not (tmp_path / "none").exists()
