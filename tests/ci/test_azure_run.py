"""Azure DevOps' pull request from push to comment, as its file writes it, against a stand-in for the service.

The `bash:` steps of `ci/azure/review.yml` are run in order in a clean clone, with the macros filled in. What
an agent does itself (checkout, Python, publishing and downloading artifacts) is done by the test.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from azure_stand_in import PullRequest
from ci_clone import CONFLICT, POSTER, SMALL, Clone, filled, loaded
from local_service import served


class Build:
    """A build of what is checked out in `clone`; `judge` has the program that judges a change of data."""

    def __init__(self, clone: Clone, judge: Clone, scratch: Path) -> None:
        self.clone = clone
        self.sha = clone.git("rev-parse", "HEAD")
        scratch.mkdir()
        self.variables = {"TOOL": str(judge.folder), "STACKS": SMALL}
        self.macros = {
            "System.PullRequest.TargetBranch": "refs/heads/main",
            "Build.ArtifactStagingDirectory": str(scratch / "staging"),
            "Pipeline.Workspace": str(scratch / "workspace"),
            "Agent.TempDirectory": str(scratch),
            "System.AccessToken": "t",
        }

    def job(self, name: str) -> list[dict[str, Any]]:
        (job,) = (
            job for job in loaded(self.clone.folder, "ci/azure/review.yml")["jobs"] if job["job"] == name
        )
        return [step for step in job["steps"] if "bash" in step]

    def run(self, step: dict[str, Any], **variables: str) -> subprocess.CompletedProcess[str]:
        env = {name: filled(value, self.macros) for name, value in step["env"].items()}
        return self.clone.run(filled(step["bash"], self.macros), self.variables | variables | env)

    def reviewed(self) -> int:
        """The job that runs proposed code; returns the judge's exit code."""
        judge, scan = self.job("access")
        done = self.run(judge)
        scanned = self.run(scan)
        assert scanned.returncode == 0, scanned.stdout + scanned.stderr
        return done.returncode

    def commented(self, service: PullRequest) -> str:
        """The job that may comment; returns what it says."""
        staging, workspace = (
            Path(self.macros[name]) for name in ("Build.ArtifactStagingDirectory", "Pipeline.Workspace")
        )
        shutil.copytree(staging / "review", workspace / "access-review", dirs_exist_ok=True)
        (step,) = self.job("comment")
        with served(service, ("Authorization", "Bearer t")) as address:
            done = self.run(
                step,
                SYSTEM_COLLECTIONURI=f"{address}/acme/",
                SYSTEM_TEAMPROJECT="billing access",
                BUILD_REPOSITORY_ID="r-1",
                SYSTEM_PULLREQUEST_PULLREQUESTID="12",
                SYSTEM_PULLREQUEST_SOURCECOMMITID=self.sha,
            )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def test_from_push_to_one_comment_that_is_kept_up_to_date(clone: Clone, trunk: Clone, tmp_path: Path) -> None:
    clone.replace(POSTER, "grants:\n", CONFLICT)
    service = PullRequest(clone.commit())
    first = Build(clone, trunk, tmp_path / "first")
    assert first.reviewed() == 1
    assert first.commented(service) == "comment made"
    assert first.commented(service) == "comment is up to date"
    (text,) = service.texts
    assert "Payment Poster gains athenaOne: Approve refunds" in text
    assert [thread["status"] for thread in service.threads] == [4], "closed: it informs"

    clone.replace(POSTER, CONFLICT, "grants:\n")
    clone.replace(POSTER, "grants:\n", "# No access changes here.\ngrants:\n")
    service.sha = clone.commit()
    assert first.commented(service).startswith("no open pull request stands at that commit")
    second = Build(clone, trunk, tmp_path / "second")
    assert second.reviewed() == 0
    assert second.commented(service) == "comment renewed"
    assert [text.splitlines()[-1] for text in service.texts] == ["No access changes."]
    assert second.commented(PullRequest(service.sha)) == "nothing to say"


def test_the_script_that_comments_is_the_main_branch_s(clone: Clone, trunk: Clone, tmp_path: Path) -> None:
    (clone.folder / "ci" / "sticky_comment.py").write_text("raise SystemExit('the proposal ran')\n")
    sha = clone.commit()
    build = Build(clone, trunk, tmp_path / "build")
    review = Path(build.macros["Build.ArtifactStagingDirectory"]) / "review"
    review.mkdir(parents=True)
    (review / "comment.md").write_text("@everyone\n/complete\n")
    service = PullRequest(sha)
    assert build.commented(service) == "comment made"
    assert "@everyone" not in service.texts[0]


def test_what_runs_proposed_code_is_given_no_token(trunk: Clone, tmp_path: Path) -> None:
    for step in Build(trunk, trunk, tmp_path / "build").job("access"):
        assert set(step["env"]) <= {"TARGET", "STAGING"}
