"""Keeps one comment on each open merge request of a GitLab project up to date: python ci/gitlab_comments.py

Run by a schedule on the default branch, never by a proposal: whoever starts a pipeline also sets its
variables, the address of the API among them, so a pipeline that a proposal can start must not hold a token.
Each comment is the artifact of the newest review of the commit that is proposed now, and is data (see
`sticky_comment.py`).

Environment: CI_API_V4_URL, CI_PROJECT_ID, REVIEW_TOKEN (a token of the project: role Reporter, scope api).
Exit code 0: done; 2: bad input; 4: the service refused something; the other merge requests are done all the
same. Standard library alone.
"""

from __future__ import annotations

import os
import sys
import urllib.parse
from collections.abc import Iterator
from typing import Any

from sticky_comment import LIMIT, PAGES, RefusedError, call, fetch, post

JOB = "access review"
ARTIFACT = "build/review/comment.md"
ENDED = frozenset({"success", "failed"})


class Project:
    """The project under review, as GitLab's REST API shows it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.api = environment["CI_API_V4_URL"]
        self.url = f"{self.api}/projects/{urllib.parse.quote(environment['CI_PROJECT_ID'], safe='')}"
        self.headers = {"PRIVATE-TOKEN": environment["REVIEW_TOKEN"]}

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every entry of a list; `path` has a query already."""
        for page in range(1, PAGES + 1):
            found = call("GET", f"{self.url}{path}&per_page=100&page={page}", self.headers)
            yield from found
            if len(found) < 100:
                return

    def review(self, number: int, commit: str) -> str | None:
        """What the newest review of that commit wrote; None where none has ended yet.

        A fork's pipeline has its jobs in the fork.
        """
        for pipeline in self.pages(f"/merge_requests/{number}/pipelines?"):
            if pipeline["sha"] == commit and pipeline["status"] in ENDED:
                home = f"{self.api}/projects/{int(pipeline['project_id'])}"
                jobs = call("GET", f"{home}/pipelines/{int(pipeline['id'])}/jobs?per_page=100", self.headers)
                job = next((int(item["id"]) for item in jobs if item["name"] == JOB), None)
                if job is None:
                    return None
                url = f"{home}/jobs/{job}/artifacts/{ARTIFACT}"
                return fetch("GET", url, self.headers, limit=4 * LIMIT).decode(errors="replace")
        return None


class MergeRequest:
    """Notes of one merge request, as `sticky_comment.post` wants them."""

    def __init__(self, project: Project, number: int, commit: str) -> None:
        self._project, self._commit = project, commit
        self._url = f"{project.url}/merge_requests/{number}"
        self._number = number

    def find(self) -> bool:
        """Open, and still at that commit."""
        found = call("GET", self._url, self._project.headers)
        return found["state"] == "opened" and found["sha"] == self._commit

    def comments(self) -> Iterator[tuple[str, str]]:
        """Only those that the token's own user wrote."""
        me = call("GET", f"{self._project.api}/user", self._project.headers)["id"]
        for note in self._project.pages(f"/merge_requests/{self._number}/notes?"):
            if note["author"]["id"] == me:
                yield str(note["id"]), note["body"]

    def create(self, text: str) -> None:
        """Posts a note."""
        call("POST", f"{self._url}/notes", self._project.headers, {"body": text})

    def update(self, identifier: str, text: str) -> None:
        """Rewrites a note."""
        call("PUT", f"{self._url}/notes/{identifier}", self._project.headers, {"body": text})


def keep(project: Project) -> int:
    """Posts what is to be posted, and says it; returns how many merge requests could not be done."""
    refused = 0
    for request in project.pages("/merge_requests?state=opened"):
        number, commit = int(request["iid"]), str(request["sha"])
        try:
            text = project.review(number, commit)
            said = (
                "no review has ended yet"
                if text is None
                else post(MergeRequest(project, number, commit), text)
            )
        except RefusedError as error:
            refused += 1
            said = str(error)
        print(f"!{number}: {said}")
    return refused


def main(environment: dict[str, str] | None = None) -> int:
    """See the module."""
    try:
        return 4 if keep(Project(dict(os.environ) if environment is None else environment)) else 0
    except (KeyError, TypeError, ValueError) as error:
        missing = isinstance(error, KeyError)
        print(f"missing in environment or answer: {error}" if missing else str(error), file=sys.stderr)
        return 2
    except RefusedError as error:
        print(str(error), file=sys.stderr)
        return 4


if __name__ == "__main__":
    sys.exit(main())
