"""GitLab's merge request from push to comment, as its files write it, against a stand-in for GitLab.

The scripts of `ci/gitlab/*.yml` are run in order in a clean clone. What a runner does itself (image,
checkout, artifacts, the schedule) is done by the test.
"""

from __future__ import annotations

import sys

import pytest
from ci_clone import CONFLICT, POSTER, ROOT, SMALL, Clone, loaded
from gitlab_stand_in import BOT, Project
from local_service import served

sys.path.insert(0, str(ROOT / "ci"))
import gitlab_comments  # pyright: ignore[reportMissingImports]

MARKER = "<!-- billing-identity: access review -->"


def script(clone: Clone, file: str, job: str) -> str:
    """A job's lines as the runner joins them into one script."""
    return "\n".join(loaded(clone.folder, f"ci/gitlab/{file}.gitlab-ci.yml")[job]["script"])


def reviewed(clone: Clone, judge: Clone) -> tuple[int, bytes]:
    """Runs the job that runs proposed code; returns its exit code and its artifact."""
    variables = {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": clone.base,
        "CI_COMMIT_SHA": clone.git("rev-parse", "HEAD"),
        "TOOL": str(judge.folder),
        "STACKS": SMALL,
    }
    done = clone.run(script(clone, "review", "access review"), variables)
    return done.returncode, (clone.folder / "build/review/comment.md").read_bytes()


def commented(clone: Clone, project: Project) -> list[str]:
    """Runs the scheduled job of the default branch; returns what it says."""
    with served(project, ("PRIVATE-TOKEN", "t")) as address:
        variables = {"CI_API_V4_URL": address, "CI_PROJECT_ID": "7", "REVIEW_TOKEN": "t"}
        done = clone.run(script(clone, "comment", "access comment"), variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_from_push_to_one_comment_that_is_kept_up_to_date(clone: Clone, trunk: Clone) -> None:
    project = Project()
    clone.replace(POSTER, "grants:\n", CONFLICT)
    commit = clone.commit()
    code, artifact = reviewed(clone, trunk)
    assert code == 1
    project.push(3, commit, artifact, status="failed")
    scan = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": clone.base, "CI_COMMIT_SHA": commit}
    scanned = clone.run(script(clone, "review", "secret scan"), scan)
    assert scanned.returncode == 0, scanned.stdout + scanned.stderr

    assert commented(trunk, project) == ["!3: comment made"]
    assert commented(trunk, project) == ["!3: comment is up to date"]
    (note,) = project.notes[3]
    assert note["body"].startswith(MARKER)
    assert "Payment Poster gains athenaOne: Approve refunds" in note["body"]

    clone.replace(POSTER, CONFLICT, "grants:\n")
    clone.replace(POSTER, "grants:\n", "# No access changes here.\ngrants:\n")
    commit = clone.commit()
    code, artifact = reviewed(clone, trunk)
    assert (code, artifact) == (0, b""), "silent where nothing changes"
    project.push(3, commit, artifact)
    project.push(4, commit, artifact)
    assert commented(trunk, project) == ["!3: comment renewed", "!4: nothing to say"]
    assert [item["body"] for item in project.notes[3]] == [f"{MARKER}\n\nNo access changes."]
    assert project.notes[4] == []


def kept(project: Project, **more: str) -> int:
    with served(project, ("PRIVATE-TOKEN", "t")) as address:
        variables = {"CI_API_V4_URL": address, "CI_PROJECT_ID": "7", "REVIEW_TOKEN": "t"}
        return gitlab_comments.main(variables | more)


def test_a_fork_s_pipeline_is_read_in_the_fork_and_as_data() -> None:
    project = Project()
    text = f"{MARKER}\n\n@everyone\n/merge\n\x1b[31m{'x' * 400_000}"
    project.push(3, "a" * 40, text.encode(), project=8)
    assert kept(project) == 0
    assert any(asked.startswith("GET /projects/8/jobs/") for asked in project.asked)
    body = project.notes[3][0]["body"]
    assert "@everyone" not in body and "\n/merge" not in body and "\x1b" not in body
    assert len(body) < 65_536


def test_what_was_overtaken_or_has_not_ended_says_nothing() -> None:
    project = Project()
    project.push(3, "a" * 40, b"old")
    project.requests[0]["sha"] = "b" * 40
    project.push(4, "c" * 40, b"early", status="running")
    assert kept(project) == 0
    assert project.notes == {3: [], 4: []}


def test_somebody_else_s_note_with_the_marker_is_left_alone() -> None:
    project = Project()
    project.push(3, "a" * 40, b"text")
    project.notes[3] = [{"id": 1, "author": {"id": 1}, "body": f"{MARKER}\nmine"}]
    assert kept(project) == 0
    assert [(note["author"]["id"], note["body"][-4:]) for note in project.notes[3]] == [
        (1, "mine"),
        (BOT, "text"),
    ]


def test_one_that_is_refused_does_not_keep_the_others_from_theirs(capsys: pytest.CaptureFixture[str]) -> None:
    project = Project()
    project.push(3, "a" * 40, b"lost")
    project.push(4, "b" * 40, b"text")
    del project.artifacts[100]
    assert kept(project) == 4
    assert "!3: GET " in capsys.readouterr().out
    assert len(project.notes[4]) == 1
    assert kept(project, REVIEW_TOKEN="wrong") == 4
    assert gitlab_comments.main({}) == 2


def test_nothing_that_a_proposal_starts_is_given_the_token() -> None:
    files = sorted((ROOT / "ci" / "gitlab").glob("*.yml"))
    jobs = {name: job for path in files for name, job in loaded(path.parent, path.name).items()}
    rules = {name: [rule["if"] for rule in job["rules"]] for name, job in jobs.items() if "rules" in job}
    proposal = [name for name, texts in rules.items() if any("merge_request_event" in text for text in texts)]
    assert sorted(proposal) == ["access review", "secret scan"]
    assert not any("trigger" in job for job in jobs.values() if isinstance(job, dict))
    (comment,) = rules["access comment"]
    for wanted in ('$CI_PIPELINE_SOURCE == "schedule"', "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"):
        assert wanted in comment
    for name in (".plan", ".apply"):
        assert all('$COMMENT != "1"' in text for text in rules[name]), name
