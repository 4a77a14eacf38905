"""The pull request's steps in a clean clone, in order, from the proposal to the comment's text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFLICT = (
    "  - { entitlement: athenaone/refund-approval, rationale: To see what is said., since: 2026-11-01 }\n"
)


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

    def check(self, base: str | None = None) -> tuple[int, str, str]:
        """Runs the step; returns exit code, what was printed, the comment."""
        tool = self.folder.parent / "tool"
        tool.mkdir(exist_ok=True)
        if not (tool / ".venv").exists():
            (tool / ".venv").symlink_to(sys.prefix)
        done = subprocess.run(
            ["bash", "ci/check.sh", base or self.base, "HEAD", "build/review"],
            cwd=self.folder,
            env={**os.environ, "TOOL": str(tool)},
            check=False,
            capture_output=True,
            text=True,
            timeout=280,
        )
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
